package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.kernel.LocalizedText;

/** The text of an edition. */
public record LetterText(LocalizedText content) {}
