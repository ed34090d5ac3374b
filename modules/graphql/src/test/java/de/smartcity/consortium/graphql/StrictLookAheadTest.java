package de.smartcity.consortium.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.kernel.Actor;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A reference that was not loaded ahead takes a command for each object, so it must fail in tests. */
class StrictLookAheadTest {

    private static final String SCHEMA =
            "type Query { things: [Thing!]! } type Thing { owner: Owner, other: Owner } type Owner { name: String }";

    private final List<Collection<Integer>> loaded = new ArrayList<>();

    record Owner(String name) {}

    /** An engine with a foreign handler for the root field, below which there is no look-ahead. */
    private GraphQL engine(boolean strict) {
        var ahead = new LookAhead(object -> null, strict);
        var reference =
                Reference.<Integer, Owner>byRow(Set.of("Thing"), "owner", (keys, arguments, actor, selection) -> {
                    loaded.add(keys);
                    assertThat(selection.names()).containsExactly("name");
                    return keys.stream()
                            .collect(Collectors.toMap(Function.identity(), key -> new Owner("Owner " + key)));
                });
        var wiring = RuntimeWiring.newRuntimeWiring()
                .type("Query", type -> type.dataFetcher("things", environment -> List.of(1, 2)))
                .type(
                        "Thing",
                        type -> type.dataFetcher(
                                        "owner",
                                        ahead.reference("Thing", "owner", "Owner", reference, List::of, null, false))
                                .dataFetcher(
                                        "other",
                                        ahead.reference("Thing", "other", "Owner", reference, List::of, null, false)))
                .build();
        return GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring))
                .build();
    }

    private static Map<String, Object> ask(GraphQL engine, String document) {
        return engine.execute(ExecutionInput.newExecutionInput(document)
                        .graphQLContext(Map.of(Actor.class, Actor.anonymous())))
                .toSpecification();
    }

    @Test
    void strictLookAheadFailsWithTheNameOfAReferenceThatWasNotLoadedAhead() {
        var response = ask(engine(true), "{ things { owner { name } } }");

        assertThat(String.valueOf(response.get("errors")))
                .contains("Thing.owner was not looked ahead", "path=[things, 0, owner]", "path=[things, 1, owner]");
        assertThat(loaded).isEmpty();
    }

    @Test
    void strictLookAheadFailsWithTheNameOfAHandlerCalledForEachObjectOfAList() {
        var engine = SmallSchema.of("type Query { one: Thing, many: [Thing!]! } type Thing { size: Int }")
                .handler("Query.one", environment -> "one")
                .handler("Query.many", environment -> List.of("one", "two"))
                .handler("Thing.size", environment -> 7)
                .start();

        assertThat(ask(engine, "{ one { size again: size } other: one { size } }"))
                .isEqualTo(Map.of("data", Map.of("one", Map.of("size", 7, "again", 7), "other", Map.of("size", 7))));
        var errors = ask(engine, "{ many { size } }").get("errors");
        assertThat(errors)
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .extracting("path")
                .isEqualTo(List.of("many", 1, "size"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void lenientLookAheadLoadsSuchAReferenceAndLogsTheFirst(CapturedOutput log) {
        var engine = engine(false);

        for (var time = 0; time < 2; time++) {
            assertThat(ask(engine, "{ things { owner { name } other { name } } }"))
                    .isEqualTo(Map.of(
                            "data",
                            Map.of(
                                    "things",
                                    List.of(
                                            Map.of(
                                                    "owner",
                                                    Map.of("name", "Owner 1"),
                                                    "other",
                                                    Map.of("name", "Owner 1")),
                                            Map.of(
                                                    "owner",
                                                    Map.of("name", "Owner 2"),
                                                    "other",
                                                    Map.of("name", "Owner 2"))))));
        }

        assertThat(loaded).as("each object costs a command in each request").hasSize(4);
        assertThat(log.getOut().split("was not looked ahead", -1))
                .as("logged once")
                .hasSize(2);
        assertThat(log.getOut()).contains("WARN").contains("Thing.owner was not looked ahead");
    }
}
