package de.smartcity.consortium.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Why an actor may not do something.
 *
 * @param reason the kind of refusal
 * @param message what to do, for people, in English
 * @param neededRole the missing role, for {@link Reason#ROLE_MISSING}
 * @param state the status that prevents it, for {@link Reason#PARTNER_STATUS}
 * @param noOrganisation why no organisation acts, for {@link Reason#NO_ACTING_ORGANISATION}
 */
public record Refusal(
        Reason reason,
        String message,
        @Nullable Role neededRole,
        @Nullable PartnerStatus state,
        @Nullable NoActingOrganisation noOrganisation) {

    /** The kinds of refusal. */
    public enum Reason {
        /** No token came with the request, or one that the identity provider does not accept any more. */
        NOT_SIGNED_IN,
        /** No organisation acts; {@link NoActingOrganisation} has the reason. */
        NO_ACTING_ORGANISATION,
        /** The acting organisation's status does not allow it. */
        PARTNER_STATUS,
        /** The actor lacks a role in the acting organisation. */
        ROLE_MISSING,
        /** Only another organisation may do it. */
        OTHER_ORGANISATION,
        /** Only the office may do it. */
        OFFICE_ONLY,
        /** Only a person may do it, no app. */
        PERSON_ONLY,
        /** The field of a filter, order or look-up is hidden from the actor. */
        HIDDEN_FIELD
    }

    /** For {@link Reason#OFFICE_ONLY}. */
    public static Refusal officeOnly() {
        return new Refusal(Reason.OFFICE_ONLY, "Only the consortium's office may do this.", null, null, null);
    }

    /** For {@link Reason#PERSON_ONLY}. */
    public static Refusal personOnly() {
        return new Refusal(Reason.PERSON_ONLY, "Only a person may do it: apps never sign.", null, null, null);
    }

    /** For {@link Reason#OTHER_ORGANISATION}. */
    public static Refusal otherOrganisation() {
        return new Refusal(
                Reason.OTHER_ORGANISATION, "Only the organisation that owns this may do it.", null, null, null);
    }

    /** For {@link Reason#ROLE_MISSING}. */
    public static Refusal roleMissing(Role needed) {
        return new Refusal(
                Reason.ROLE_MISSING, "This needs the role " + needed.keycloakName() + ".", needed, null, null);
    }

    /** For {@link Reason#PARTNER_STATUS}. */
    public static Refusal partnerStatus(PartnerStatus status) {
        return new Refusal(
                Reason.PARTNER_STATUS, "A partner that is " + status + " may not do this.", null, status, null);
    }

    /** For {@link Reason#HIDDEN_FIELD}. */
    public static Refusal hiddenField(String field) {
        return new Refusal(
                Reason.HIDDEN_FIELD, "You may not filter, order or look up by " + field + ".", null, null, null);
    }

    /** For {@link Reason#NOT_SIGNED_IN} of an account whose session has ended while its token lives. */
    public static Refusal signedOut() {
        return new Refusal(Reason.NOT_SIGNED_IN, "The session has ended: sign in again.", null, null, null);
    }

    /** For an actor without an acting organisation. */
    public static Refusal noActingOrganisation(NoActingOrganisation why) {
        return why == NoActingOrganisation.NOT_SIGNED_IN
                ? new Refusal(Reason.NOT_SIGNED_IN, why.message(), null, null, null)
                : new Refusal(Reason.NO_ACTING_ORGANISATION, why.message(), null, null, why);
    }
}
