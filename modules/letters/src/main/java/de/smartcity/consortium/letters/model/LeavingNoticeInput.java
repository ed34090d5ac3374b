package de.smartcity.consortium.letters.model;

/**
 * What a person states when a party leaves, or when the initiator ends a letter.
 *
 * @param function in the organisation
 * @param reason why
 */
public record LeavingNoticeInput(String function, String reason) {}
