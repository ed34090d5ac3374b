package de.smartcity.consortium.competences;

/** How well a partner masters a competence; each level includes those before. */
public enum CompetenceLevel {
    /** It knows the field. */
    KNOWS,
    /** It delivers results in it. */
    DELIVERS,
    /** It leads others in it. */
    LEADS;

    /** From 1 to 3. */
    public int rank() {
        return ordinal() + 1;
    }
}
