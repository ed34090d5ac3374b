package de.smartcity.consortium.competences;

/** How much a need counts. */
public enum Importance {
    /** It must be covered; counts twice. */
    MUST(2),
    /** It should be covered. */
    WISH(1);

    private final int weight;

    Importance(int weight) {
        this.weight = weight;
    }

    /** How often it counts. */
    public int weight() {
        return weight;
    }
}
