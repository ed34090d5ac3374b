package de.smartcity.consortium.graphql;

/** The consortium's first language, used for a text that exists in none of the wanted languages. A capability declares it as a bean. */
@FunctionalInterface
public interface DefaultLocale {

    /** A BCP 47 tag. */
    String tag();
}
