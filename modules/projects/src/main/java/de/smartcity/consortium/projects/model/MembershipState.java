package de.smartcity.consortium.projects.model;

/** What has become of a membership. */
public enum MembershipState {
    INVITED,
    DECLINED,
    WITHDRAWN,
    LAPSED,
    ACTIVE,
    LEAVING,
    LEFT;

    /** Whether the partner is a member now. */
    public boolean isMember() {
        return this == ACTIVE || this == LEAVING;
    }

    /** Whether the partner is a member or is asked to be one. */
    public boolean isPresent() {
        return this == INVITED || isMember();
    }
}
