package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.RuleViolation;
import de.smartcity.consortium.kernel.Violation;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LeavingNoticeInput;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.letters.model.Mandate;
import de.smartcity.consortium.letters.model.PartyTerms;
import de.smartcity.consortium.letters.model.Requirement;
import de.smartcity.consortium.letters.model.Reservation;
import de.smartcity.consortium.letters.model.SignatureInput;
import de.smartcity.consortium.letters.model.SignatureMethod;
import de.smartcity.consortium.partners.PartnerFace;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Actors, inputs and expectations for tests of letters. */
public final class LetterFixtures {

    /** The day on which most tests act. */
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    private LetterFixtures() {}

    /** These partners, ACTIVE, of whom one person signs. */
    public static Map<PartnerId, PartnerFace> faces(Collection<PartnerId> partners) {
        return partners.stream()
                .collect(Collectors.toMap(
                        partner -> partner,
                        partner -> new PartnerFace(
                                partner, PartnerStatus.ACTIVE, LocalizedText.of(Map.of("de", "Partner")), null, 1)));
    }

    /** A person of an ACTIVE partner; the same name is the same account. */
    public static Actor person(PartnerId partner, String name, Role... roles) {
        return actor(Actor.Kind.PERSON, partner, PartnerStatus.ACTIVE, name, roles);
    }

    /** A signatory of an ACTIVE partner. */
    public static Actor signatory(PartnerId partner) {
        return person(partner, "signatory", Role.SIGNATORY);
    }

    /** An editor of an ACTIVE partner. */
    public static Actor editor(PartnerId partner) {
        return person(partner, "editor", Role.EDITOR);
    }

    /** Any account of a partner in any status. */
    public static Actor actor(Actor.Kind kind, PartnerId partner, PartnerStatus status, String name, Role... roles) {
        var organisation = new Organisation(
                new OrganisationId(partner.value().toString()),
                partner,
                new PartnerAlias("partner"),
                status,
                Set.of(roles));
        return Actor.acting(
                kind, new AccountId(name + "@" + partner.value()), false, organisation, List.of(organisation));
    }

    /** The office, without an organisation. */
    public static Actor office() {
        return Actor.unattached(
                Actor.Kind.PERSON, new AccountId("office"), true, NoActingOrganisation.NO_MEMBERSHIP, List.of());
    }

    /** Terms that can be offered to these required parties. */
    public static EditionTerms terms(PartnerId... required) {
        return terms(
                Arrays.stream(required)
                        .map(partner -> new PartyTerms(partner, Requirement.REQUIRED))
                        .toList(),
                LetterVisibility.PARTIES,
                null,
                null);
    }

    /** Terms that can be offered. */
    public static EditionTerms terms(
            List<PartyTerms> parties,
            LetterVisibility visibility,
            @Nullable LocalDate inForceOn,
            @Nullable LocalDate endsOn) {
        return new EditionTerms(
                LocalizedText.of(Map.of("de", "Absichtserklärung", "en", "Letter of intent")),
                LocalizedText.of(Map.of("de", "Wir wollen zusammenarbeiten.", "en", "We want to cooperate.")),
                "de",
                null,
                List.of(),
                parties,
                visibility,
                false,
                SignatureMethod.IN_APP,
                90,
                30,
                // Not after the end.
                endsOn != null && endsOn.isBefore(TODAY.plusDays(30)) ? endsOn : TODAY.plusDays(30),
                inForceOn,
                endsOn);
    }

    /** The terms with other values of some components, each after its name. */
    public static EditionTerms with(EditionTerms terms, @Nullable Object... namesAndValues) {
        var given = new HashMap<Object, @Nullable Object>();
        for (var index = 0; index < namesAndValues.length; index += 2) {
            given.put(Objects.requireNonNull(namesAndValues[index]), namesAndValues[index + 1]);
        }
        var components = EditionTerms.class.getRecordComponents();
        var values = new ArrayList<@Nullable Object>();
        try {
            for (var component : components) {
                values.add(
                        given.containsKey(component.getName())
                                ? given.remove(component.getName())
                                : component.getAccessor().invoke(terms));
            }
            assertThat(given).as("no components of terms").isEmpty();
            return EditionTerms.class
                    .getDeclaredConstructor(
                            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(values.toArray());
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A signature in the app, with a statutory mandate. */
    public static SignatureInput signature() {
        return new SignatureInput(
                "Managing director", "de", SignatureMethod.IN_APP, Mandate.STATUTORY, null, null, null);
    }

    /** The same with a reservation. */
    public static SignatureInput signatureWithReservation() {
        return new SignatureInput(
                "Mayor",
                "de",
                SignatureMethod.IN_APP,
                Mandate.STATUTORY,
                null,
                null,
                new Reservation("City council", TODAY.plusDays(20)));
    }

    /** That a party leaves, or that the initiator ends a letter. */
    public static LeavingNoticeInput notice() {
        return new LeavingNoticeInput("Managing director", "We have other plans.");
    }

    /** Expects that this rule alone refuses the verb. */
    public static void assertRule(String rule, ThrowingCallable verb) {
        assertThatThrownBy(verb)
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        broken -> assertThat(broken.violations())
                                .extracting(Violation::rule)
                                .containsExactly(rule));
    }
}
