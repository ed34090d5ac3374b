package de.smartcity.consortium.graphql;

/** The consortium's first language, in which a text is shown whose reader asked for none that it has. A capability declares it as a bean. */
@FunctionalInterface
public interface DefaultLocale {

    /** A BCP 47 tag. */
    String tag();
}
