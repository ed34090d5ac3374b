package de.smartcity.consortium.projects.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.RuleViolation;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnReferenceTest {

    private static List<String> violations(String system, String key) {
        return Objects.requireNonNull(catchThrowableOfType(RuleViolation.class, () -> OwnReference.parse(system, key)))
                .violations()
                .stream()
                .map(each -> String.join("/", each.path()) + " " + each.rule())
                .toList();
    }

    @Test
    void bothTextsAreStrippedAndOtherwiseKept() {
        assertThat(OwnReference.parse(" SAP S/4 ", "\tP-1 a\n")).isEqualTo(new OwnReference("SAP S/4", "P-1 a"));
    }

    @Test
    void bothTextsAreNeeded() {
        assertThat(violations(" ", "")).containsExactly("system ownReference.blank", "key ownReference.blank");
        assertThat(violations("SAP", " ")).containsExactly("key ownReference.blank");
    }

    @Test
    void bothTextsAreShort() {
        assertThat(OwnReference.parse("ä".repeat(50), "語".repeat(100)).key()).hasSize(100);
        assertThat(violations("a".repeat(51), "a".repeat(101)))
                .containsExactly("system ownReference.long", "key ownReference.long");
    }

    @Test
    void bothTextsAreOneLine() {
        assertThat(violations("S\nAP", "P\u0001"))
                .containsExactly("system ownReference.characters", "key ownReference.characters");
    }

    @Test
    void noTwoReferencesOfPartnersAreStoredEqually() {
        var partner = new PartnerId(new UUID(0, 1));
        var reference = new OwnReference("SAP", "1 2");
        assertThat(reference.storedKey(partner))
                .isNotEqualTo(reference.storedKey(new PartnerId(new UUID(0, 2))))
                .isNotEqualTo(new OwnReference("SAP 1", "2").storedKey(partner))
                .isNotEqualTo(new OwnReference("sap", "1 2").storedKey(partner))
                .isEqualTo(new OwnReference("SAP", "1 2").storedKey(partner));
    }

    @Test
    @SuppressWarnings("NullAway") // As Spring Data and the driver pass what a document lacks.
    void aStoredReferenceMayLackItsTexts() {
        assertThat(new OwnReference(null, null)).isEqualTo(new OwnReference("", ""));
    }
}
