package de.smartcity.consortium.partners;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.ModuleTest;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.partners.PartnerFixtures.Asked;
import de.smartcity.consortium.partners.PartnerFixtures.Given;
import de.smartcity.consortium.partners.PartnerQuestions.Asker;
import de.smartcity.consortium.partners.PartnerQuestions.Filter;
import de.smartcity.consortium.partners.PartnerQuestions.Order;
import de.smartcity.consortium.sandbox.IndexJudge;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Each question about partners (filter, order, kind of actor) is served by the index that is meant for it. */
@ModuleTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnerIndexesTest {

    @Autowired
    private Asked asked;

    private final Map<Asker, Actor> actors = new EnumMap<>(Asker.class);

    @BeforeAll
    void oneOfEachStatus(@Autowired Given given) {
        actors.putAll(PartnerQuestions.actors(given));
    }

    static Stream<Arguments> questions() {
        return Stream.of(Filter.values())
                .flatMap(filter -> Stream.of(Order.values())
                        .flatMap(order -> Stream.of(Asker.values()).map(asker -> Arguments.of(filter, order, asker))));
    }

    @ParameterizedTest(name = "{0} by {1} as {2}")
    @MethodSource("questions")
    void aQuestionHasItsIndex(Filter filter, Order order, Asker asker) {
        var answer = asked.ask(
                Objects.requireNonNull(actors.get(asker)), PartnerQuestions.document(filter, order), Map.of());
        assertThat(answer.containsKey("errors")).as("%s", answer).isEqualTo(asker.isRefused(filter, order));
        if (!asker.isRefused(filter, order)) {
            assertThat(IndexJudge.ofThisProcess().questions())
                    .containsEntry(
                            "partners: " + DerivedPaths.AUDIENCE + "=" + filter.conditions() + " by " + order.key(),
                            filter.leading().stream()
                                    .map(first -> List.of(first, order.path()))
                                    .collect(Collectors.toSet()));
        }
    }
}
