package de.smartcity.consortium.letters.model;

/** The kinds of tasks because of letters; the schema's enum {@code TaskKind} has a value for each. */
public enum LetterTask {
    SIGN_LETTER,
    SIGN_LETTER_SECOND,
    LIFT_RESERVATION,
    LETTER_DECLINED,
    LETTER_WITHDRAWN,
    LETTER_LAPSES_SOON,
    LETTER_ENDS_IN_90_DAYS,
    LETTER_ENDS_IN_30_DAYS,
    LETTER_PARTY_LEAVING,
    LETTER_ENDING
}
