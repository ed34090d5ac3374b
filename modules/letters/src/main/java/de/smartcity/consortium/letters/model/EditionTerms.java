package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Violations;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the parties of an edition agree on. If only some components are read, or given by an edit, the others are null.
 *
 * @param title at most {@value #MAX_TITLE_LENGTH} characters
 * @param text at most {@value #MAX_TEXT_LENGTH} characters; null in stored editions, whose texts are stored apart
 * @param bindingLocale the language that prevails, as a BCP 47 tag
 * @param document the text as a PDF
 * @param annexes at most {@value #MAX_ANNEXES} files, in their order
 * @param parties at most {@value #MAX_PARTIES}, the initiator among them
 * @param visibility to whom it is published while it is in force
 * @param publishText whether text and PDF are published, too
 * @param minimumMethod the weakest method to sign it
 * @param noticeDays how long before a party leaves it has to say so
 * @param accessionObjectionDays for how long the parties may object to a further one; 0 if the initiator approves it
 * @param lapsesOn the last day to answer
 * @param inForceOn the first day in force; null for as soon as it is signed
 * @param endsOn the last day in force; null for no end
 */
public record EditionTerms(
        LocalizedText title,
        @Nullable LocalizedText text,
        @Nullable String bindingLocale,
        @Nullable FileId document,
        List<FileId> annexes,
        List<PartyTerms> parties,
        LetterVisibility visibility,
        Boolean publishText,
        SignatureMethod minimumMethod,
        Integer noticeDays,
        Integer accessionObjectionDays,
        @Nullable LocalDate lapsesOn,
        @Nullable LocalDate inForceOn,
        @Nullable LocalDate endsOn) {

    public static final int MAX_TITLE_LENGTH = 300;
    public static final int MAX_TEXT_LENGTH = 30_000;

    /** All components, for terms that are new. */
    static final Set<String> ALL = Stream.of(EditionTerms.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    static final int MAX_PARTIES = 60;
    static final int MAX_ANNEXES = 20;

    private static final int MAX_NOTICE_DAYS = 3_650;
    private static final int MAX_OBJECTION_DAYS = 365;

    public EditionTerms {
        // What is not stored or not read.
        annexes = annexes == null ? List.of() : annexes;
        parties = parties == null ? List.of() : parties;
    }

    /**
     * Adds the violations of the given components. What was not given is not validated.
     *
     * @param initiator who must not be an optional party
     */
    void check(Set<String> given, PartnerId initiator, Violations violations) {
        if (given.contains("title")) {
            violations.demandPresent("title", title, "A letter always has a title.");
        }
        if (given.contains("parties")) {
            checkParties(initiator, violations);
        }
        checkPresent(given, "visibility", visibility, violations);
        checkPresent(given, "publishText", publishText, violations);
        checkPresent(given, "minimumMethod", minimumMethod, violations);
        if (given.contains("annexes") || given.contains("document")) {
            checkAnnexes(violations);
        }
        checkDays(given, "noticeDays", noticeDays, MAX_NOTICE_DAYS, violations);
        checkDays(given, "accessionObjectionDays", accessionObjectionDays, MAX_OBJECTION_DAYS, violations);
        if (given.contains("inForceOn") || given.contains("endsOn")) {
            violations.demand(
                    inForceOn == null || endsOn == null || !endsOn.isBefore(inForceOn),
                    "endsOn.early",
                    "A letter does not end before it comes into force.",
                    "endsOn");
        }
    }

    private void checkParties(PartnerId initiator, Violations violations) {
        violations.demand(
                parties.size() <= MAX_PARTIES,
                "parties.many",
                "A letter has at most " + MAX_PARTIES + " parties.",
                "parties");
        var known = new HashSet<PartnerId>();
        for (var index = 0; index < parties.size(); index++) {
            var party = parties.get(index);
            var place = String.valueOf(index);
            violations.demand(
                    known.add(party.partner()),
                    "party.twice",
                    "This partner is a party already.",
                    "parties",
                    place,
                    "partnerId");
            violations.demand(
                    !party.partner().equals(initiator) || party.requirement() == Requirement.REQUIRED,
                    "party.initiator",
                    "The initiator is a required party.",
                    "parties",
                    place,
                    "requirement");
        }
    }

    private void checkAnnexes(Violations violations) {
        violations.demand(
                annexes.size() <= MAX_ANNEXES,
                "annexes.many",
                "A letter has at most " + MAX_ANNEXES + " annexes.",
                "annexes");
        var known = new HashSet<FileId>();
        if (document != null) {
            known.add(document);
        }
        for (var index = 0; index < annexes.size(); index++) {
            violations.demand(
                    known.add(annexes.get(index)),
                    "annex.twice",
                    "This file is attached already.",
                    "annexes",
                    String.valueOf(index));
        }
    }

    private static void checkPresent(
            Set<String> given, String component, @Nullable Object value, Violations violations) {
        if (given.contains(component)) {
            violations.demandPresent(component, value, "This cannot be empty.");
        }
    }

    private static void checkDays(
            Set<String> given, String component, @Nullable Integer days, int most, Violations violations) {
        if (given.contains(component)) {
            violations.demand(
                    days != null && days >= 0 && days <= most,
                    component + ".range",
                    "Give a number of days from 0 to " + most + ".",
                    component);
        }
    }

    /** Adds the violations for which these terms cannot be offered on this day. */
    void checkOffer(LocalDate today, Violations violations) {
        // A draft has all that an edit demands, but a stored one may lack it.
        checkPresent(ALL, "title", title, violations);
        checkPresent(ALL, "visibility", visibility, violations);
        checkPresent(ALL, "publishText", publishText, violations);
        checkPresent(ALL, "minimumMethod", minimumMethod, violations);
        checkDays(ALL, "noticeDays", noticeDays, MAX_NOTICE_DAYS, violations);
        checkDays(ALL, "accessionObjectionDays", accessionObjectionDays, MAX_OBJECTION_DAYS, violations);
        violations.demand(
                text != null || document != null,
                "text.missing",
                "There is nothing to sign: give a text or attach a PDF.",
                "text");
        var shown = text == null ? title : text;
        var languages = shown == null ? Set.<String>of() : shown.texts().keySet();
        violations.demand(
                bindingLocale != null || languages.size() == 1,
                "bindingLocale.required",
                "Say which language prevails.",
                "bindingLocale");
        violations.demand(
                bindingLocale == null || languages.contains(bindingLocale),
                "bindingLocale.missing",
                "There is no text in the language that prevails.",
                "bindingLocale");
        var prevailing = bindingLocale == null && languages.size() == 1
                ? languages.iterator().next()
                : bindingLocale;
        violations.demand(
                title == null
                        || text == null
                        || title.texts().size() == 1
                        || prevailing == null
                        || title.texts().containsKey(prevailing),
                "bindingLocale.noTitle",
                "There are titles in several languages, and none in the language that prevails.",
                "title");
        violations.demand(
                parties.stream()
                                .filter(party -> party.requirement() == Requirement.REQUIRED)
                                .count()
                        >= 2,
                "parties.few",
                "A letter has at least two required parties.",
                "parties");
        violations.demandPresent("lapsesOn", lapsesOn, "Say until when the parties may answer.");
        violations.demand(
                lapsesOn == null || !lapsesOn.isBefore(today),
                "lapsesOn.past",
                "The day to answer has passed.",
                "lapsesOn");
        violations.demand(
                inForceOn == null || !inForceOn.isBefore(today),
                "inForceOn.past",
                "The first day in force has passed: give a later one, or none.",
                "inForceOn");
        violations.demand(
                endsOn == null || !endsOn.isBefore(today), "endsOn.past", "The last day has passed.", "endsOn");
        violations.demand(
                endsOn == null || lapsesOn == null || !endsOn.isBefore(lapsesOn),
                "endsOn.early",
                "A letter does not end before the last day to answer.",
                "endsOn");
    }

    /** These terms with the initiator as their first party, unless it is one. */
    EditionTerms withInitiator(PartnerId initiator) {
        if (parties.stream().anyMatch(party -> party.partner().equals(initiator))) {
            return this;
        }
        var all = new ArrayList<PartyTerms>();
        all.add(new PartyTerms(initiator, Requirement.REQUIRED));
        all.addAll(parties);
        return with(text, List.copyOf(all));
    }

    /** These terms without these parties. */
    EditionTerms without(Set<PartnerId> left) {
        return with(
                text,
                parties.stream()
                        .filter(party -> !left.contains(party.partner()))
                        .toList());
    }

    /** These terms with this text. */
    EditionTerms withText(@Nullable LocalizedText other) {
        return with(other, parties);
    }

    private EditionTerms with(@Nullable LocalizedText otherText, List<PartyTerms> otherParties) {
        return new EditionTerms(
                title,
                otherText,
                bindingLocale,
                document,
                annexes,
                otherParties,
                visibility,
                publishText,
                minimumMethod,
                noticeDays,
                accessionObjectionDays,
                lapsesOn,
                inForceOn,
                endsOn);
    }

    /** Its PDF and its annexes. */
    public List<FileId> files() {
        return Stream.concat(Stream.ofNullable(document), annexes.stream()).toList();
    }

    /** Its parties' partners; none if they were not read. */
    public List<PartnerId> partners() {
        return parties.stream().map(PartyTerms::partner).toList();
    }
}
