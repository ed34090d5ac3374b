package de.smartcity.consortium.competences.model;

/** How the competence of an entry relates to that of a need. */
public enum MatchKind {
    /** It is the same. */
    EXACT(10),
    /** It is a part of what is needed. */
    NARROWER(8),
    /** What is needed is a part of it. */
    BROADER(4);

    private final int tenths;

    MatchKind(int tenths) {
        this.tenths = tenths;
    }

    /** What it counts, in tenths. */
    int tenths() {
        return tenths;
    }

    /** Whether an entry that matches like this can cover the need. */
    boolean canCover() {
        return this != BROADER;
    }
}
