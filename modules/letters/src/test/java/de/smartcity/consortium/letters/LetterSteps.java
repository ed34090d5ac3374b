package de.smartcity.consortium.letters;

import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.letters.application.LetterManagement;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.letters.model.Letters;
import de.smartcity.consortium.letters.model.PartyTerms;
import de.smartcity.consortium.letters.model.Requirement;
import de.smartcity.consortium.letters.model.SignatureMethod;
import de.smartcity.consortium.partners.model.Partner;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes letters through the module's services, on any day. What is written here never becomes due by itself, unless the terms say so. */
final class LetterSteps {

    /** A day that no test reaches. */
    static final LocalDate NEVER = LocalDate.of(2999, 12, 31);

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<String> ALL = Arrays.stream(EditionTerms.class.getRecordComponents())
            .map(component -> component.getName())
            .collect(Collectors.toSet());

    private final LetterManagement management;
    private final Letters letters;
    private volatile Instant now = Instant.parse("2026-11-30T10:00:00Z");

    LetterSteps(LetterManagement management, Letters letters) {
        this.management = management;
        this.letters = letters;
    }

    /** Terms to fill in; as they are, they can be offered once there are parties. */
    static final class Terms {

        private final List<PartyTerms> parties = new ArrayList<>();
        private LocalizedText title = LocalizedText.of(Map.of("de", "Absichtserklärung"));
        private @Nullable LocalizedText text = LocalizedText.of(Map.of("de", "Wir arbeiten zusammen."));
        private @Nullable FileId document;
        private List<FileId> annexes = List.of();
        private LetterVisibility visibility = LetterVisibility.PARTIES;
        private boolean publishText;
        private int noticeDays = 90;
        private LocalDate lapsesOn = NEVER;
        private @Nullable LocalDate inForceOn;
        private @Nullable LocalDate endsOn;

        Terms titled(String words) {
            title = LocalizedText.of(Map.of("de", words));
            return this;
        }

        Terms saying(String words) {
            text = LocalizedText.of(Map.of("de", words));
            return this;
        }

        Terms in(LocalizedText otherTitle, @Nullable LocalizedText otherText) {
            title = otherTitle;
            text = otherText;
            return this;
        }

        Terms among(Partner... required) {
            for (var partner : required) {
                parties.add(new PartyTerms(partner.id(), Requirement.REQUIRED));
            }
            return this;
        }

        Terms andMaybe(Partner... optional) {
            for (var partner : optional) {
                parties.add(new PartyTerms(partner.id(), Requirement.OPTIONAL));
            }
            return this;
        }

        Terms visibleTo(LetterVisibility whom) {
            visibility = whom;
            return this;
        }

        Terms withPublicText() {
            publishText = true;
            return this;
        }

        Terms attaching(@Nullable FileId pdf, FileId... further) {
            document = pdf;
            annexes = List.of(further);
            return this;
        }

        Terms lapsing(LocalDate after) {
            lapsesOn = after;
            return this;
        }

        Terms from(LocalDate first) {
            inForceOn = first;
            return this;
        }

        Terms until(LocalDate last) {
            endsOn = last;
            // Nobody answers after the end.
            lapsesOn = last.isBefore(lapsesOn) ? last : lapsesOn;
            return this;
        }

        Terms withNotice(int days) {
            noticeDays = days;
            return this;
        }

        EditionTerms build() {
            return new EditionTerms(
                    title,
                    text,
                    text == null ? null : text.texts().keySet().iterator().next(),
                    document,
                    annexes,
                    List.copyOf(parties),
                    visibility,
                    publishText,
                    SignatureMethod.IN_APP,
                    noticeDays,
                    30,
                    lapsesOn,
                    inForceOn,
                    endsOn);
        }
    }

    /** From now on, it is noon of this day. */
    void on(LocalDate day) {
        at(day.atTime(12, 0).atZone(BERLIN).toInstant());
    }

    /** From now on, it is this time. */
    void at(Instant time) {
        now = time;
    }

    Change change(Actor actor) {
        return Change.by(actor, now);
    }

    /** An editor who is of the office, too, and so may name partners that members do not see. */
    static Actor editor(Partner partner) {
        var organisation = new Organisation(
                Objects.requireNonNull(partner.organisation()),
                partner.id(),
                partner.alias(),
                partner.status(),
                Set.of(Role.EDITOR));
        return Actor.acting(
                Actor.Kind.PERSON,
                new AccountId("editor-of-" + partner.alias().value()),
                true,
                organisation,
                List.of(organisation));
    }

    LetterId draft(Partner initiator, Terms terms) {
        return management.draft(violations -> terms.build(), change(editor(initiator)));
    }

    void edit(LetterId letter, Partner initiator, Terms terms) {
        management.edit(
                letter, version(letter), new Edit<>(ALL, violations -> terms.build()), change(editor(initiator)));
    }

    void deleteDraft(LetterId letter, Partner initiator) {
        management.deleteDraft(letter, version(letter), change(editor(initiator)));
    }

    void offer(LetterId letter, Partner initiator) {
        management.offer(letter, version(letter), change(Written.signatory(initiator)));
    }

    LetterId offered(Partner initiator, Terms terms) {
        var letter = draft(initiator, terms);
        offer(letter, initiator);
        return letter;
    }

    void sign(LetterId letter, Partner... partners) {
        for (var partner : partners) {
            sign(letter, Written.signatory(partner));
        }
    }

    void sign(LetterId letter, Actor actor) {
        management.sign(letter, digest(letter), violations -> LetterFixtures.signature(), change(actor));
    }

    void signWithReservation(LetterId letter, Partner partner) {
        management.sign(
                letter,
                digest(letter),
                violations -> LetterFixtures.signatureWithReservation(),
                change(Written.signatory(partner)));
    }

    void decline(LetterId letter, Partner partner) {
        management.decline(letter, digest(letter), "Not like this", change(Written.signatory(partner)));
    }

    void withdraw(LetterId letter, Partner initiator) {
        management.withdrawOffer(letter, digest(letter), change(Written.signatory(initiator)));
    }

    void leave(LetterId letter, Partner partner) {
        management.withdrawFrom(
                letter,
                digestInForce(letter),
                violations -> LetterFixtures.notice(),
                change(Written.signatory(partner)));
    }

    void terminate(LetterId letter, Partner initiator) {
        management.terminate(
                letter,
                digestInForce(letter),
                violations -> LetterFixtures.notice(),
                change(Written.signatory(initiator)));
    }

    void withdrawNotice(LetterId letter, Partner partner) {
        management.withdrawNotice(letter, digestInForce(letter), change(Written.signatory(partner)));
    }

    /** Offered, and signed by the initiator and these. */
    LetterId inForce(Partner initiator, Terms terms, Partner... signing) {
        var letter = offered(initiator, terms);
        sign(letter, initiator);
        sign(letter, signing);
        return letter;
    }

    void amend(LetterId letter, Partner initiator) {
        management.amend(letter, change(Written.signatory(initiator)));
    }

    /** Drafts a further edition with these terms. */
    void amend(LetterId letter, Partner initiator, Terms terms) {
        amend(letter, initiator);
        edit(letter, initiator, terms);
    }

    /** Drafts a further edition with these terms, and offers it. */
    void offerAnother(LetterId letter, Partner initiator, Terms terms) {
        amend(letter, initiator, terms);
        offer(letter, initiator);
    }

    /** Does what is due by this day. */
    void settle(LetterId letter, LocalDate today) {
        var settled = now(letter);
        settled.settle(change(Actor.system()), today);
        letters.save(settled);
    }

    LetterOfIntent now(LetterId letter) {
        return letters.findById(letter).orElseThrow();
    }

    long version(LetterId letter) {
        return Objects.requireNonNull(now(letter).version());
    }

    /** Of the edition that was offered last. */
    String digest(LetterId letter) {
        return Objects.requireNonNull(now(letter).lastOffered().orElseThrow().digest());
    }

    String digestInForce(LetterId letter) {
        return Objects.requireNonNull(now(letter).inForce().orElseThrow().digest());
    }

    static String globalId(LetterId letter) {
        return new GlobalId("LetterOfIntent", letter.value()).text();
    }
}
