package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.Conflict;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.RuleViolation;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Gives fields what all capabilities share, once, when the schema is built: a mutation's refusals as data, references that are looked
 * ahead, texts in the reader's language, global ids.
 */
final class Wiring extends GraphQLTypeVisitorStub {

    private final References references;
    private final Supplier<String> defaultLocale;

    Wiring(References references, Supplier<String> defaultLocale) {
        this.references = references;
        this.defaultLocale = defaultLocale;
    }

    @Override
    public TraversalControl visitGraphQLFieldDefinition(
            GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLCodeRegistry.Builder registry = context.getVarFromParents(GraphQLCodeRegistry.Builder.class);
        var parent = (GraphQLFieldsContainer) context.getParentNode();
        var at = FieldCoordinates.coordinates(parent, field);
        if (!parent.getName().startsWith("__")) {
            DataFetcher<?> present = registry.getDataFetcher(at, field);
            var better = better(parent, field, present);
            if (better != present) {
                registry.dataFetcher(at, better);
            }
        }
        return TraversalControl.CONTINUE;
    }

    private DataFetcher<?> better(GraphQLFieldsContainer parent, GraphQLFieldDefinition field, DataFetcher<?> present) {
        var reference = references.find(parent.getName(), field.getName());
        if (reference.isPresent()) {
            return new References.Fetcher(reference.get());
        }
        if (field.getName().equals("userErrors")) {
            return new UserErrors();
        }
        if (field.getName().equals("id")
                && parent instanceof GraphQLImplementingType type
                && type.getInterfaces().stream().anyMatch(node -> node.getName().equals("Node"))) {
            return new NodeId(parent.getName());
        }
        if (field.getArgument("locale") != null) {
            return new Localized(present, defaultLocale);
        }
        if (present instanceof TrivialDataFetcher
                || present.getClass().getPackageName().startsWith("graphql.")) {
            return present;
        }
        return new Answer(present, references, parent.getName().equals("Mutation"));
    }

    /** What a controller's method answers, once it is there. */
    private record Answer(DataFetcher<?> asked, References references, boolean mutation)
            implements DataFetcher<Object> {

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            if (mutation) {
                // What an earlier change of this request showed may no longer be so after this one.
                References.forget(environment.getGraphQlContext());
            }
            try {
                var value = asked.get(environment);
                if (value instanceof Mono<?> later) {
                    var seen = later.doOnNext(found -> references.lookAhead(environment, found));
                    return mutation
                            ? seen.cast(Object.class)
                                    .onErrorResume(Answer::canMend, refused -> Mono.just(Refused.because(refused)))
                            : seen;
                }
                references.lookAhead(environment, value);
                return value;
            } catch (RuleViolation | Conflict refused) {
                if (mutation) {
                    return Refused.because(refused);
                }
                throw refused;
            }
        }

        private static boolean canMend(Throwable thrown) {
            return thrown instanceof RuleViolation || thrown instanceof Conflict;
        }
    }

    /** Stands for a mutation's payload where nothing was changed; all its fields but this one are null. */
    record Refused(List<UserError> userErrors) {

        static Refused because(Throwable refused) {
            return new Refused(
                    refused instanceof Conflict conflict
                            ? List.of(UserError.conflict(conflict.currentVersion()))
                            : ((RuleViolation) refused)
                                    .violations().stream().map(UserError::of).toList());
        }
    }

    private record UserErrors() implements TrivialDataFetcher<Object> {
        @Override
        public Object get(DataFetchingEnvironment environment) {
            return environment.getSource() instanceof Refused refused ? refused.userErrors() : List.of();
        }
    }

    private record NodeId(String type) implements TrivialDataFetcher<Object> {
        @Override
        public Object get(DataFetchingEnvironment environment) {
            NodeView node = Objects.requireNonNull(environment.getSource());
            return new GlobalId(type, node.nodeId()).text();
        }
    }

    private record Localized(DataFetcher<?> text, Supplier<String> defaultLocale)
            implements TrivialDataFetcher<Object> {
        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            if (!(text.get(environment) instanceof LocalizedText found)) {
                return null;
            }
            List<String> wanted = environment.getArgument("locale");
            var order = new ArrayList<>(wanted == null ? List.<String>of() : wanted);
            order.add(defaultLocale.get());
            return found.in(order);
        }
    }
}
