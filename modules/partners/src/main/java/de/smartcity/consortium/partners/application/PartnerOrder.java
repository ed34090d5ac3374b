package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.graphql.OrderDirection;

/** An order of partners. */
public record PartnerOrder(Field field, OrderDirection direction) {

    static final PartnerOrder BY_NAME = new PartnerOrder(Field.NAME, OrderDirection.ASC);

    public enum Field {
        NAME("name"),
        MEMBER_SINCE("memberSince");

        /** In the schema; the sort key has the same name. */
        final String name;

        Field(String name) {
            this.name = name;
        }
    }
}
