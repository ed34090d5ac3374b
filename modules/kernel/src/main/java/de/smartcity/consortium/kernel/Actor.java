package de.smartcity.consortium.kernel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caller of a request: a person or an app, the organisation that it acts for and its roles there, and whether it is the office. Immutable. */
public final class Actor {

    /** What kind of account calls. */
    public enum Kind {
        /** Nobody signed in. */
        ANONYMOUS,
        /** A person. */
        PERSON,
        /** A partner's app: the service account of a confidential client. */
        APP,
        /** The service itself. */
        SYSTEM
    }

    private static final Actor ANONYMOUS =
            new Actor(Kind.ANONYMOUS, null, false, null, List.of(), NoActingOrganisation.NOT_SIGNED_IN);
    private static final Actor SYSTEM =
            new Actor(Kind.SYSTEM, AccountId.SYSTEM, true, null, List.of(), NoActingOrganisation.NO_MEMBERSHIP);

    private static final Set<PartnerStatus> TASKS_SEEN_WHILE = Set.of(PartnerStatus.ONBOARDING, PartnerStatus.ACTIVE);

    private final Kind kind;
    private final @Nullable AccountId account;
    private final boolean office;
    private final @Nullable Organisation organisation;
    private final List<Organisation> organisations;
    private final @Nullable NoActingOrganisation whyNone;

    private Actor(
            Kind kind,
            @Nullable AccountId account,
            boolean office,
            @Nullable Organisation organisation,
            List<Organisation> organisations,
            @Nullable NoActingOrganisation whyNone) {
        this.kind = kind;
        this.account = account;
        this.office = office;
        this.organisation = organisation;
        this.organisations = List.copyOf(organisations);
        this.whyNone = whyNone;
    }

    /** Nobody signed in. */
    public static Actor anonymous() {
        return ANONYMOUS;
    }

    /** The service itself, with the rights of the office. */
    public static Actor system() {
        return SYSTEM;
    }

    /**
     * A signed-in account that acts for an organisation.
     *
     * @param organisations all that it may act for, including the acting one
     */
    public static Actor acting(
            Kind kind, AccountId account, boolean office, Organisation acting, List<Organisation> organisations) {
        return new Actor(kind, account, office, acting, organisations, null);
    }

    /**
     * A signed-in account for which no organisation acts.
     *
     * @param office whether it acts as the office; false for an account of the office that named an organisation that is not its own
     */
    public static Actor unattached(
            Kind kind,
            AccountId account,
            boolean office,
            NoActingOrganisation whyNone,
            List<Organisation> organisations) {
        return new Actor(kind, account, office, null, organisations, whyNone);
    }

    /** What kind of account calls. */
    public Kind kind() {
        return kind;
    }

    /** The calling account; empty if anonymous. */
    public Optional<AccountId> account() {
        return Optional.ofNullable(account);
    }

    /** Whether the actor is the consortium's office. */
    public boolean isOffice() {
        return office;
    }

    /** The organisation that it acts for; if empty, {@link #whyNone()} gives the reason. */
    public Optional<Organisation> organisation() {
        return Optional.ofNullable(organisation);
    }

    /** All organisations that it may act for. */
    public List<Organisation> organisations() {
        return organisations;
    }

    /** Why no organisation acts; empty if one does. */
    public Optional<NoActingOrganisation> whyNone() {
        return Optional.ofNullable(whyNone);
    }

    /**
     * The tokens that it holds, each with its viewpoint: one general token, and those of the relations that
     * its partner's status allows.
     *
     * @param relations the relations that the type of the objects declares
     */
    public Map<String, Viewpoint> tokens(Collection<Viewpoint> relations) {
        var tokens = new LinkedHashMap<String, Viewpoint>();
        var general = general();
        tokens.put(general.name(), general);
        if (organisation != null) {
            for (var relation : relations) {
                if (relation.heldWhile().contains(organisation.status())) {
                    tokens.put(relation.token(organisation.partner()), relation);
                }
            }
        }
        return tokens;
    }

    private Viewpoint general() {
        if (office) {
            return Viewpoint.OFFICE;
        }
        return organisation != null && organisation.status() == PartnerStatus.ACTIVE
                ? Viewpoint.CONSORTIUM
                : Viewpoint.PUBLIC;
    }

    /** Whether it acts for this partner, whatever the partner's status. */
    public boolean actsFor(PartnerId partner) {
        return organisation != null && organisation.partner().equals(partner);
    }

    /**
     * The holders whose tasks it sees, whatever its roles: the partner that it acts for while that is ONBOARDING or ACTIVE, and for the office
     * the office.
     */
    public Set<String> taskHolders() {
        var holders = new LinkedHashSet<String>();
        if (organisation != null && TASKS_SEEN_WHILE.contains(organisation.status())) {
            holders.add(StoredTask.holder(organisation.partner()));
        }
        if (office) {
            holders.add(StoredTask.OFFICE);
        }
        return holders;
    }

    /**
     * Whether one of the tasks that it sees is for it: the task names its account or a role that it has in the holder's organisation, or neither
     * an account nor a role.
     */
    public boolean isFor(StoredTask task) {
        if (task.account() == null && task.role() == null) {
            return true;
        }
        return (task.account() != null && task.account().equals(account))
                || (task.role() != null
                        && organisation != null
                        && task.holder().equals(StoredTask.holder(organisation.partner()))
                        && organisation.grants(task.role()));
    }

    /**
     * The rule for all root fields except a few, such as viewer and consortium: a signed-in caller must act for an organisation
     * or as the office. Empty if it does, and for anonymous callers, who see what is public.
     */
    public Optional<Refusal> refusalToAsk() {
        return kind == Kind.ANONYMOUS || office || whyNone == null
                ? Optional.empty()
                : Optional.of(Refusal.noActingOrganisation(whyNone));
    }

    /**
     * The base of all permissions to act as a partner: an organisation acts, it is the owner, its status is one of these,
     * and the account has the role there. Empty if all hold.
     */
    public Optional<Refusal> refusalToActFor(PartnerId owner, Role needed, Set<PartnerStatus> whileIn) {
        return organisation == null || organisation.partner().equals(owner)
                ? refusalToAct(needed, whileIn)
                : Optional.of(Refusal.otherOrganisation());
    }

    /** The same for what belongs to no other partner: an organisation acts, its status is one of these, and the account has the role there. */
    public Optional<Refusal> refusalToAct(Role needed, Set<PartnerStatus> whileIn) {
        if (organisation == null) {
            return Optional.of(
                    Refusal.noActingOrganisation(whyNone == null ? NoActingOrganisation.NO_MEMBERSHIP : whyNone));
        }
        if (!whileIn.contains(organisation.status())) {
            return Optional.of(Refusal.partnerStatus(organisation.status()));
        }
        return organisation.grants(needed) ? Optional.empty() : Optional.of(Refusal.roleMissing(needed));
    }

    /** The permission for what only the office may do; empty if permitted. */
    public Optional<Refusal> refusalToActAsOffice() {
        return office ? Optional.empty() : Optional.of(signedIn(Refusal.officeOnly()));
    }

    /** The permission for what only people may do, such as signing; empty if permitted. */
    public Optional<Refusal> refusalToActAsPerson() {
        return kind == Kind.PERSON ? Optional.empty() : Optional.of(signedIn(Refusal.personOnly()));
    }

    /** Whoever did not sign in is told that first. */
    private Refusal signedIn(Refusal refusal) {
        return kind == Kind.ANONYMOUS ? Refusal.noActingOrganisation(NoActingOrganisation.NOT_SIGNED_IN) : refusal;
    }
}
