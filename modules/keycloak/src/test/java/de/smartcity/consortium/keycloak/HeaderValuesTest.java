package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class HeaderValuesTest {

    @Test
    void areTheOnesThatSpringSecurityAccepts() {
        assertThat(IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
                        .mapToObj(character -> "Bearer " + (char) character)
                        .filter(value -> KeycloakSecurity.isHeaderValue(value)
                                != StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value)))
                .isEmpty();
    }

    @Test
    void haveNoLineEnds() {
        assertThat(KeycloakSecurity.isHeaderValue("Bearer a\r\nX-Acting-Organisation: b"))
                .isFalse();
    }
}
