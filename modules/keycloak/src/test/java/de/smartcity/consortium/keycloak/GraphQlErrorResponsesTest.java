package de.smartcity.consortium.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class GraphQlErrorResponsesTest {

    private static final String GRAPHQL = "application/graphql-response+json";
    private static final String JSON = "application/json";

    @Test
    void aRefusalIsInTheHeaderAndInTheBody() throws Exception {
        var answer = answer(new InvalidBearerTokenException("The access token has expired."));

        assertThat(answer.getStatus()).isEqualTo(401);
        assertThat(answer.getHeader("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The access token has expired.\"");
        assertThat(body(answer)).isEqualTo(error("The access token has expired.", "UNAUTHENTICATED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\", realm=\"x",
                "back\\slash",
                "line\r\nSet-Cookie: a=b",
                "line\nbreak",
                "nul\u0000",
                "ümlaut",
                "\u2028",
                "\ud800"
            })
    void aDescriptionThatDoesNotFitIntoTheHeaderIsReplaced(String description) throws Exception {
        var answer = answer(new OAuth2AuthenticationException(new OAuth2Error("x\"\r\ny", description, null)));

        assertThat(answer.getHeader("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The access token is invalid.\"");
        assertThat(body(answer)).isEqualTo(error("The access token is invalid.", "UNAUTHENTICATED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a \"quoted\" \\ text", "</script>", "line\r\nbreak", "\u0000\u2028ü💥"})
    void theBodyIsAlwaysJson(String message) throws Exception {
        var answer = answer(new AuthenticationServiceException(message));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
        assertThat(answer.getHeader("WWW-Authenticate")).isNull();
        assertThat(answer.getContentLength()).isEqualTo(answer.getContentAsByteArray().length);
        assertThat(body(answer)).isEqualTo(error(message, "UNAVAILABLE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/graphql-response+json                            | application/graphql-response+json
            Application/GraphQL-Response+JSON                            | application/graphql-response+json
            application/graphql-response+json, application/json;q=0.9    | application/graphql-response+json
            text/html, application/graphql-response+json                 | application/graphql-response+json
            application/json, application/graphql-response+json          | application/json
            application/graphql-response+json;q=0                        | application/json
            application/graphql-response+jsonx                           | application/json
            x-application/graphql-response+json                          | application/json
            text/html;a="application/graphql-response+json"              | application/json
            application/graphql-response+json;;;charset="                | application/json
            application/graphql-response+json<script>                    | application/json
            */*                                                          | application/json
            text/html                                                    | application/json
            nonsense                                                     | application/json
            ,,,                                                          | application/json
            ''                                                           | application/json
            """)
    void theTypeIsOneOfTwoWhateverIsAccepted(String accepted, String type) throws Exception {
        var request = new MockHttpServletRequest();
        request.addHeader("Accept", accepted);

        assertThat(answer(request, new InvalidBearerTokenException("No.")).getContentType())
                .isEqualTo(type);
    }

    @Test
    void allAcceptHeadersCount() throws Exception {
        var request = new MockHttpServletRequest();
        request.addHeader("Accept", "text/html");
        request.addHeader("Accept", GRAPHQL);

        assertThat(answer(request, new InvalidBearerTokenException("No.")).getContentType())
                .isEqualTo(GRAPHQL);
        assertThat(answer(new InvalidBearerTokenException("No.")).getContentType())
                .isEqualTo(JSON);
    }

    private static MockHttpServletResponse answer(AuthenticationException problem) throws IOException {
        return answer(new MockHttpServletRequest(), problem);
    }

    private static MockHttpServletResponse answer(MockHttpServletRequest request, AuthenticationException problem)
            throws IOException {
        var response = new MockHttpServletResponse();
        new GraphQlErrorResponses().commence(request, response, problem);
        return response;
    }

    private static Map<String, Object> body(MockHttpServletResponse answer) throws ParseException, IOException {
        return JSONObjectUtils.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> error(String message, String code) {
        return Map.of("errors", List.of(Map.of("message", message, "extensions", Map.of("code", code))));
    }
}
