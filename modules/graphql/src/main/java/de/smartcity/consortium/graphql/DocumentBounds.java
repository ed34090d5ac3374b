package de.smartcity.consortium.graphql;

import graphql.language.ArrayValue;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FloatValue;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Node;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.parser.ParserOptions;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bounds a parsed document before it is validated, by its size and nesting. Validation recurses through selections and fragments, and compares fields
 * with each other, so all of them are counted as often as they are spread.
 *
 * @param depth how many fields may be nested
 * @param fields how many fields there may be in all, counting each repetition by fragments
 */
record DocumentBounds(int depth, int fields) {

    /** A nested field takes the parser three rules, a nested list or object two. */
    private static final int MAX_RULES = 200;

    private static final int MAX_ALIASES = 50;
    private static final int MAX_CHANGES = 10;
    private static final int MAX_DEFINITIONS = 100;
    private static final int MAX_DIRECTIVES = 100;
    private static final int MAX_NESTING = 50;
    private static final int MAX_STRING = 10_000;
    private static final int MAX_VALUE_DEPTH = 10;
    private static final int MAX_VARIABLES = 100;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_EXPONENT = 1_000;

    static final ParserOptions PARSER = ParserOptions.newParserOptions()
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .captureSourceLocation(true)
            .maxRuleDepth(MAX_RULES)
            .maxNumericLiteralCharacters(MAX_DIGITS)
            .build();

    /** @throws RefusedRequest if the document exceeds a bound */
    void demand(Document document) {
        new Measure(document).run();
    }

    /**
     * Of selections, with those of fragments.
     *
     * @param depth the fields within each other
     * @param fields all of them
     * @param nesting the selections within each other
     * @param roots the fields that are not within another
     */
    private record Size(int depth, long fields, int nesting, long roots) {
        static final Size NOTHING = new Size(0, 0, 0, 0);

        Size and(Size other) {
            // Nested fragments can repeat fields exponentially often.
            return new Size(
                    Math.max(depth, other.depth),
                    Math.min(fields + other.fields, Integer.MAX_VALUE),
                    Math.max(nesting, other.nesting),
                    Math.min(roots + other.roots, Integer.MAX_VALUE));
        }

        Size asField() {
            return new Size(depth + 1, fields + 1, nesting, 1);
        }

        Size nested() {
            return new Size(depth, fields, nesting + 1, roots);
        }
    }

    private final class Measure {

        private final Document document;
        private final Map<String, FragmentDefinition> fragments = new HashMap<>();
        private final Map<String, Size> measured = new HashMap<>();
        private int aliases;
        private int directives;

        Measure(Document document) {
            this.document = document;
        }

        void run() {
            demand(document.getDefinitions().size() <= MAX_DEFINITIONS, "%d operations and fragments", MAX_DEFINITIONS);
            for (var fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
                ofNode(fragment);
                if (fragments.putIfAbsent(fragment.getName(), fragment) != null) {
                    // Validation refuses it, and visits it before.
                    demandSmall(of(fragment.getSelectionSet(), 0));
                }
            }
            // Unused fragments are validated, too.
            fragments.keySet().forEach(fragment -> demandSmall(ofFragment(fragment, 0)));
            var all = Size.NOTHING;
            for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
                demand(operation.getVariableDefinitions().size() <= MAX_VARIABLES, "%d variables", MAX_VARIABLES);
                for (var variable : operation.getVariableDefinitions()) {
                    ofNode(variable);
                    ofValue(variable.getDefaultValue(), 0);
                }
                ofNode(operation);
                // Each operation is validated with the fragments that it spreads.
                var size = of(operation.getSelectionSet(), 0);
                all = all.and(size);
                demandSmall(all);
                if (operation.getOperation() == OperationDefinition.Operation.MUTATION) {
                    demand(size.roots() <= MAX_CHANGES, "%d mutation fields", MAX_CHANGES);
                }
            }
        }

        private void demandSmall(Size size) {
            if (size.depth() > depth || size.fields() > fields) {
                throw RefusedRequest.tooLarge(
                        "The document has %d fields, %d of them below each other, and may have %d and %d: split it into several.",
                        size.fields(), size.depth(), fields, depth);
            }
        }

        private static void demand(boolean holds, String what, int most) {
            if (!holds) {
                throw RefusedRequest.tooLarge("The document has more than " + what + ": split it into several.", most);
            }
        }

        /** @param nesting of what is around it, since this recurses */
        private Size of(@Nullable SelectionSet selections, int nesting) {
            demandNesting(nesting);
            var size = Size.NOTHING;
            if (selections == null) {
                return size;
            }
            for (Selection<?> selection : selections.getSelections()) {
                ofNode(selection);
                size = size.and(
                        switch (selection) {
                            case Field field ->
                                of(field.getSelectionSet(), nesting + 1).asField();
                            case InlineFragment inline -> of(inline.getSelectionSet(), nesting + 1);
                            case FragmentSpread spread -> ofFragment(spread.getName(), nesting + 1);
                            default -> throw new IllegalStateException("Selections are fields and fragments");
                        });
            }
            // Around a fragment that is measured already there may be as many again.
            demandNesting(nesting + size.nesting());
            return size.nested();
        }

        private static void demandNesting(int nesting) {
            demand(nesting <= MAX_NESTING, "%d selections and fragments within each other", MAX_NESTING);
        }

        private Size ofFragment(String name, int nesting) {
            var known = measured.get(name);
            if (known == null) {
                var definition = fragments.get(name);
                // Validation reports cycles and unknown fragments.
                measured.put(name, Size.NOTHING);
                known = definition == null ? Size.NOTHING : of(definition.getSelectionSet(), nesting);
                measured.put(name, known);
            }
            return known;
        }

        private void ofNode(Node<?> node) {
            if (node instanceof DirectivesContainer<?> container) {
                directives += container.getDirectives().size();
                demand(directives <= MAX_DIRECTIVES, "%d directives", MAX_DIRECTIVES);
                for (var directive : container.getDirectives()) {
                    directive.getArguments().forEach(argument -> ofValue(argument.getValue(), 0));
                }
            }
            if (node instanceof Field field) {
                if (field.getAlias() != null) {
                    aliases++;
                    demand(aliases <= MAX_ALIASES, "%d aliases", MAX_ALIASES);
                }
                field.getArguments().forEach(argument -> ofValue(argument.getValue(), 0));
            }
        }

        private void ofValue(@Nullable Value<?> value, int nesting) {
            demand(nesting <= MAX_VALUE_DEPTH, "%d lists and objects within each other", MAX_VALUE_DEPTH);
            if (value == null) {
                return;
            }
            switch (value) {
                case StringValue text ->
                    demand(
                            Objects.requireNonNull(text.getValue()).length() <= MAX_STRING,
                            "%,d characters in one text",
                            MAX_STRING);
                case IntValue number -> demandShort(new BigDecimal(number.getValue()));
                case FloatValue number -> demandShort(number.getValue());
                case ArrayValue array -> array.getValues().forEach(element -> ofValue(element, nesting + 1));
                case ObjectValue object ->
                    object.getObjectFields().forEach(field -> ofValue(field.getValue(), nesting + 1));
                default -> {}
            }
        }

        private static void demandShort(BigDecimal number) {
            demand(
                    number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_EXPONENT,
                    "%d digits in one number",
                    MAX_DIGITS);
        }
    }
}
