package de.smartcity.consortium.projects.application;

import de.smartcity.consortium.graphql.OrderDirection;

/** An order of projects. */
public record ProjectOrder(Field field, OrderDirection direction) {

    static final ProjectOrder BY_NAME = new ProjectOrder(Field.NAME, OrderDirection.ASC);

    public enum Field {
        NAME("title"),
        START("startsOn");

        /** In the schema; the sort key has the same name. */
        final String name;

        Field(String name) {
            this.name = name;
        }
    }
}
