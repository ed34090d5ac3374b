package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.letters.LetterSetup.Written;
import de.smartcity.consortium.partners.Callers;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A letter through the schema, from the draft to the next edition. */
@LetterTest
class LetterLifeTest {

    @Autowired
    private Given given;

    @Autowired
    private Asked asked;

    @Autowired
    private Written written;

    @Test
    void aLetterIsDraftedOfferedSignedAndVerified() {
        var initiator = given.partner(PartnerStatus.ACTIVE);
        var other = given.partner(PartnerStatus.ACTIVE);
        var letter = written.draft(initiator, other);
        var digest = written.offer(letter, initiator);
        written.sign(letter, digest, Written.signatory(initiator));
        var payload = written.sign(letter, digest, Written.signatory(other));

        assertThat(Written.letter(payload).get("state")).isEqualTo("IN_FORCE");
        Map<String, Object> seen = asked.data(Callers.office(), """
                query($id: ID!) { letter(id: $id) {
                  title(locale: "en") titleTranslations { locale text } state initiator { id name } parties { id }
                  editions {
                    number state digest text { content(locale: "de") contentTranslations { locale } } canonicalForm
                    parties { partner { id } requirement signaturesRequired
                      answer { state signatures { by { account name function } digest locale method mandate } } }
                    hiddenFields
                  }
                  activity { nodes { type changed } }
                  hiddenFields
                } }""", Map.of("id", letter), "letter");
        assertThat(seen.get("title")).isEqualTo("Letter of intent");
        assertThat(seen.toString())
                .contains("Wir arbeiten zusammen.", "Name of signatory-of-", "Managing director", "LETTER_IN_FORCE")
                .contains("hiddenFields=[draft, updatedAt, version]");
        Map<String, Object> verified = asked.data(
                Callers.office(),
                "query($id: ID!) { verifyLetter(letterId: $id) { verified editions { number digest recomputed verified differences } } }",
                Map.of("id", letter),
                "verifyLetter");
        assertThat(verified)
                .isEqualTo(Map.of(
                        "verified",
                        true,
                        "editions",
                        List.of(Map.of(
                                "number",
                                1,
                                "digest",
                                digest,
                                "recomputed",
                                digest,
                                "verified",
                                true,
                                "differences",
                                List.of()))));
    }
}
