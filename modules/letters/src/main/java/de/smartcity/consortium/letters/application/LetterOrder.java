package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.graphql.OrderDirection;

/** An order of letters. Only what all see equally who see a letter can order letters. */
public record LetterOrder(Field field, OrderDirection direction) {

    static final LetterOrder NEWEST_FIRST = new LetterOrder(Field.CREATED_AT, OrderDirection.DESC);

    public enum Field {
        CREATED_AT("createdAt");

        /** In the schema; the sort key has the same name. */
        final String name;

        Field(String name) {
            this.name = name;
        }
    }
}
