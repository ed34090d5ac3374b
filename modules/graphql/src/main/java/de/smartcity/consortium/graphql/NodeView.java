package de.smartcity.consortium.graphql;

import java.util.UUID;

/** A view whose type implements {@code Node}; its field {@code id} is made from the type's name and this. */
public interface NodeView {

    /** The object's id among those of its type. */
    UUID nodeId();
}
