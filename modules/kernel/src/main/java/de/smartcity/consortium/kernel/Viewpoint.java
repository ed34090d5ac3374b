package de.smartcity.consortium.kernel;

/** From where an actor looks at an object; one object's field may be visible from some and hidden from others. */
public enum Viewpoint {
    /** Anybody, signed in or not. */
    PUBLIC,
    /** Any ACTIVE partner. */
    CONSORTIUM,
    /** A partner that the object names. */
    NAMED,
    /** The partner that the object is, or that owns it. */
    OWN,
    /** The consortium's office. */
    OFFICE
}
