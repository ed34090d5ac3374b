package de.smartcity.consortium.files;

import de.smartcity.consortium.kernel.Actor;

/** Uploads what the service itself has, such as demonstration data, by the rules for all uploads. */
public interface FileImport {

    /**
     * Uploads a file for the actor's organisation, to be claimed within a day.
     *
     * @throws de.smartcity.consortium.kernel.RuleViolation if name, type or content are not those of a file
     */
    FileId upload(String name, String mediaType, byte[] bytes, Actor actor);
}
