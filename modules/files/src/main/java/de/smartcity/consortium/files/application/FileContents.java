package de.smartcity.consortium.files.application;

import de.smartcity.consortium.files.FileId;
import java.io.InputStream;

/** Stores the bytes of files, a part at a time. */
public interface FileContents {

    /** Stores what the stream has until its end. If it fails, some of it may be stored. */
    void write(FileId file, InputStream bytes);

    /** The bytes of a file that is complete. */
    InputStream read(FileId file);

    /** Removes what is stored of a file, if anything is. */
    void remove(FileId file);
}
