package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.endtoend.Deployment.SchemaInspection;
import de.smartcity.consortium.graphql.TaskSource;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;

@EndToEnd
class SchemaTest {

    @Autowired
    private GraphQlSource source;

    @Autowired
    private SchemaInspection schemaInspection;

    @Test
    void everyFieldHasADataFetcher() {
        var schema = source.schema();
        var registry = schema.getCodeRegistry();
        var unmapped = new ArrayList<String>();
        for (var at : schemaInspection.report().unmappedFields()) {
            var definition = schema.getObjectType(at.getTypeName()).getFieldDefinition(at.getFieldName());
            // The inspection sees neither references nor the data fetchers that the graphql module registers.
            if (!registry.getDataFetcher(at, definition)
                    .getClass()
                    .getPackageName()
                    .startsWith("de.smartcity")) {
                unmapped.add(at.toString());
            }
        }
        assertThat(unmapped).isEmpty();
        assertThat(schemaInspection.report().unmappedRegistrations()).isEmpty();
        assertThat(schemaInspection.report().unmappedArguments()).isEmpty();
        // The inspection follows the types that controllers return, and none returns these.
        assertThat(schemaInspection.report().skippedTypes())
                .extracting(skipped -> ((GraphQLNamedType) skipped.type()).getName())
                .containsOnly("Activity", "SharedGrant");
    }

    /** A refused field must not take the answers of others with it, above all of changes that were made. */
    @Test
    void aRootFieldThatCanBeRefusedIsNullable() {
        var schema = source.schema();
        assertThat(Stream.of(schema.getQueryType(), schema.getMutationType())
                        .flatMap(type -> type.getFieldDefinitions().stream())
                        .filter(field -> !field.hasAppliedDirective("answeredWithoutOrganisation"))
                        .filter(field -> GraphQLTypeUtil.isNonNull(field.getType()))
                        .map(GraphQLFieldDefinition::getName))
                .isEmpty();
    }

    /** A type without a value would fail each list that has such an event. */
    @Test
    void everyEventTypeHasAValue(@Autowired List<EventSource> sources) {
        var types = Stream.concat(Stream.of("OTHER"), sources.stream().flatMap(each -> each.types().stream()));
        assertThat(values("EventType")).containsExactlyInAnyOrderElementsOf(types.toList());
    }

    /** A task of a kind without a value would fail each list that has it. */
    @Test
    void everyTaskKindHasAValue(@Autowired List<TaskSource> sources) {
        var kinds = sources.stream().flatMap(each -> each.kinds().stream());
        assertThat(values("TaskKind")).containsExactlyInAnyOrderElementsOf(kinds.toList());
    }

    private Stream<String> values(String type) {
        return ((GraphQLEnumType) Objects.requireNonNull(source.schema().getType(type)))
                .getValues().stream().map(GraphQLEnumValueDefinition::getName);
    }

    /** The cost of a request counts a list without pages with what its field states. */
    @Test
    void everyListWithoutPagesStatesHowManyEntriesItHasAtMost() {
        var unbounded = fields().filter(field -> !field.at().split("\\.")[0].endsWith("Connection"))
                .filter(field -> GraphQLTypeUtil.isList(
                        GraphQLTypeUtil.unwrapNonNull(field.definition().getType())))
                .filter(field -> !field.definition().hasAppliedDirective("atMost"))
                .map(Field::at);
        assertThat(unbounded).isEmpty();
    }

    /** The cost takes a type of such a name for a page, and what it lists for the objects of that page. */
    @Test
    void everyConnectionIsAPage() {
        var pages =
                fields().filter(field -> typeOf(field).endsWith("Connection")).toList();
        assertThat(pages).isNotEmpty();
        assertThat(pages)
                .allSatisfy(field -> assertThat(field.definition().getArguments())
                        .as(field.at())
                        .extracting(GraphQLArgument::getName)
                        .contains("first"));
        assertThat(fields().filter(field -> field.at().split("\\.")[0].endsWith("Connection"))
                        .filter(field -> GraphQLTypeUtil.isList(
                                GraphQLTypeUtil.unwrapNonNull(field.definition().getType())))
                        .map(field -> field.definition().getName()))
                .isNotEmpty()
                .containsOnly("nodes", "edges");
    }

    private static String typeOf(Field field) {
        return ((GraphQLNamedType) GraphQLTypeUtil.unwrapAll(field.definition().getType())).getName();
    }

    /** Cursors are longer than a text may be by default, and tags of languages are shorter. */
    @Test
    void argumentsThatAllListsAndTextsHaveTakeEquallyMuch() {
        var bounds = fields().flatMap(field -> field.definition().getArguments().stream())
                .filter(argument -> List.of("after", "before", "locale").contains(argument.getName()))
                .map(argument -> {
                    var atMost = argument.getAppliedDirective("atMost");
                    return atMost == null
                            ? argument.getName() + " has no bound"
                            : "%s: %s characters, %s entries"
                                    .formatted(
                                            argument.getName(),
                                            atMost.getArgument("characters").<Object>getValue(),
                                            atMost.getArgument("entries").<Object>getValue());
                })
                .distinct();
        assertThat(bounds)
                .containsExactlyInAnyOrder(
                        "after: 300 characters, null entries",
                        "before: 300 characters, null entries",
                        "locale: 35 characters, 10 entries");
    }

    private record Field(String at, GraphQLFieldDefinition definition) {}

    private Stream<Field> fields() {
        return source.schema().getAllTypesAsList().stream()
                .filter(type -> !type.getName().startsWith("__"))
                .flatMap(type -> type instanceof GraphQLObjectType object
                        ? object.getFieldDefinitions().stream()
                                .map(field -> new Field(object.getName() + "." + field.getName(), field))
                        : Stream.of());
    }

    @Test
    void everyElementHasADescription() {
        var elements = elements(source.schema());
        assertThat(elements).hasSizeGreaterThan(200);
        assertThat(elements.stream().filter(Element::isUndescribed).map(Element::path))
                .isEmpty();
    }

    private record Element(String path, GraphQLNamedSchemaElement element) {
        boolean isUndescribed() {
            return element.getDescription() == null || element.getDescription().isBlank();
        }
    }

    private static List<Element> elements(GraphQLSchema schema) {
        return schema.getAllTypesAsList().stream()
                .filter(type -> !type.getName().startsWith("__"))
                .filter(type ->
                        !List.of("String", "Int", "Float", "Boolean", "ID").contains(type.getName()))
                .flatMap(type -> Stream.concat(
                        Stream.of(new Element(type.getName(), type)),
                        switch (type) {
                            case GraphQLObjectType object -> fields(object.getName(), object.getFieldDefinitions());
                            case GraphQLInterfaceType face -> fields(face.getName(), face.getFieldDefinitions());
                            case GraphQLEnumType values -> values(values);
                            case GraphQLInputObjectType input -> inputs(input);
                            default -> Stream.of();
                        }))
                .toList();
    }

    private static Stream<Element> fields(String type, List<GraphQLFieldDefinition> fields) {
        return fields.stream()
                .flatMap(field -> Stream.concat(
                        Stream.of(new Element(type + "." + field.getName(), field)),
                        field.getArguments().stream()
                                .map((GraphQLArgument argument) -> new Element(
                                        type + "." + field.getName() + "(" + argument.getName() + ")", argument))));
    }

    private static Stream<Element> values(GraphQLEnumType type) {
        return type.getValues().stream()
                .map((GraphQLEnumValueDefinition value) -> new Element(type.getName() + "." + value.getName(), value));
    }

    private static Stream<Element> inputs(GraphQLInputObjectType type) {
        return type.getFields().stream()
                .map((GraphQLInputObjectField field) -> new Element(type.getName() + "." + field.getName(), field));
    }
}
