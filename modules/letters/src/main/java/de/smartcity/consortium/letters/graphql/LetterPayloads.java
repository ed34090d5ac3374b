package de.smartcity.consortium.letters.graphql;

import de.smartcity.consortium.letters.LetterId;

/** The payloads of mutations. They hold the letter's id, which is read after the change, with the selected fields. */
final class LetterPayloads {

    private LetterPayloads() {}

    record LetterPayload(LetterId letter) {}
}
