package de.smartcity.consortium.graphql;

import graphql.Scalars;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The most that a place of the schema takes from a client, or shows in a list without pages: what its directive {@code @atMost} states, or the
 * defaults.
 *
 * @param characters of a text, or of each text in a list, in UTF-16 units
 * @param entries of a list
 * @param entriesOf the argument that has as many entries as the list; null if there is none. Where it is not given, {@code entries} holds
 */
record AtMost(int characters, int entries, @Nullable String entriesOf) {

    private static final String DIRECTIVE = "atMost";
    private static final int CHARACTERS = 200;
    /** The longest {@link GlobalId} and some more, so that a longer one gets its own message. */
    private static final int ID_CHARACTERS = 300;

    private static final int ENTRIES = 100;

    static AtMost of(GraphQLFieldDefinition field) {
        return of(field, field.getType());
    }

    static AtMost of(GraphQLArgument argument) {
        return of(argument, argument.getType());
    }

    static AtMost of(GraphQLInputObjectField field) {
        return of(field, field.getType());
    }

    private static AtMost of(GraphQLDirectiveContainer place, GraphQLType type) {
        var stated = place.getAppliedDirective(DIRECTIVE);
        var characters = GraphQLTypeUtil.unwrapAll(type).equals(Scalars.GraphQLID) ? ID_CHARACTERS : CHARACTERS;
        return stated == null
                ? new AtMost(characters, ENTRIES, null)
                : new AtMost(
                        number(stated, "characters", characters),
                        number(stated, "entries", ENTRIES),
                        stated.getArgument("entriesOf").getValue());
    }

    private static int number(GraphQLAppliedDirective stated, String argument, int otherwise) {
        Integer number = stated.getArgument(argument).getValue();
        return number == null ? otherwise : number;
    }

    /** Both at once, for a variable that is used in several places. */
    AtMost and(AtMost other) {
        return new AtMost(Math.min(characters, other.characters), Math.min(entries, other.entries), null);
    }

    /** What is wrong with a text of this length; null if nothing is. */
    @Nullable
    String problemOfText(int length) {
        return length <= characters ? null : "At most " + characters + " characters are accepted here.";
    }

    /** What is wrong with a list of this size; null if nothing is. */
    @Nullable
    String problemOfList(int size) {
        return size <= entries ? null : "At most " + entries + " entries are accepted here.";
    }
}
