package de.smartcity.consortium.letters.model;

/** The types of letters' events; the schema's enum {@code EventType} has a value for each. */
public enum LetterEvent {
    LETTER_DRAFTED,
    LETTER_EDITED,
    LETTER_DRAFT_DELETED,
    LETTER_OFFERED,
    LETTER_OFFER_WITHDRAWN,
    LETTER_SIGNED,
    LETTER_DECLINED,
    LETTER_RESERVATION_LIFTED,
    LETTER_AMENDED,
    LETTER_IN_FORCE,
    LETTER_SUPERSEDED,
    LETTER_LAPSED,
    LETTER_EXPIRED,
    LETTER_PARTY_LEAVING,
    LETTER_PARTY_LEFT,
    LETTER_ENDING,
    LETTER_NOTICE_WITHDRAWN,
    LETTER_TERMINATED
}
