package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.graphql.data.ArgumentValue;

class GivenFieldsTest {

    private record EditInput(
            String id, ArgumentValue<String> name, ArgumentValue<String> website, ArgumentValue<Integer> employees) {}

    @Test
    void aNullFieldCountsAsGiven() {
        var input = new EditInput(
                "1", ArgumentValue.ofNullable("new"), ArgumentValue.ofNullable(null), ArgumentValue.omitted());

        assertThat(GivenFields.of(input)).containsExactly("name", "website");
    }

    @Test
    void requiredFieldsOfAnEditDoNotCountAsGiven() {
        var input = new EditInput("1", ArgumentValue.omitted(), ArgumentValue.omitted(), ArgumentValue.omitted());

        assertThat(GivenFields.of(input)).isEmpty();
    }
}
