package de.smartcity.consortium.files.model;

import de.smartcity.consortium.kernel.BoundedText;
import de.smartcity.consortium.kernel.RuleViolation;

/** The name of a file, without folders. */
public final class FileName {

    private static final int MAX_LENGTH = 200;

    private FileName() {}

    /** @throws RuleViolation {@code file.name.blank}, {@code file.name.long}, {@code file.name.characters} */
    public static String parse(String given) {
        var name = BoundedText.parseLine(given, MAX_LENGTH, "file.name");
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new RuleViolation("file.name.characters", "A file's name has no slashes.");
        }
        return name;
    }
}
