package de.smartcity.consortium.graphql;

/** The direction of an order, as inputs bind it. */
public enum OrderDirection {
    ASC,
    DESC
}
