package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.partners.ShownPartner;
import de.smartcity.consortium.partners.model.AreaCode;
import de.smartcity.consortium.partners.model.PartnerFacts;
import de.smartcity.consortium.partners.model.PartnerKind;
import de.smartcity.consortium.partners.model.PartnerPermissions;
import de.smartcity.consortium.partners.model.StatusChange;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A partner as one actor sees it, the schema's type {@code Partner}: made of what is stored through {@link PartnerField}, the only place where anything is taken away. */
public final class PartnerView implements ShownPartner {

    private final StoredPartner stored;
    private final Actor actor;
    private final Set<Viewpoint> viewpoints;

    private PartnerView(StoredPartner stored, Actor actor) {
        this.stored = stored;
        this.actor = actor;
        this.viewpoints = stored.audience().viewpoints(actor);
    }

    static PartnerView of(StoredPartner stored, Actor actor) {
        return new PartnerView(stored, actor);
    }

    private <T> @Nullable T seen(PartnerField field, @Nullable T value) {
        return field.isVisibleFrom(viewpoints) ? value : null;
    }

    private <T> List<T> seenList(PartnerField field, @Nullable List<T> value) {
        return value != null && field.isVisibleFrom(viewpoints) ? value : List.of();
    }

    @Override
    public UUID nodeId() {
        return stored.id().value();
    }

    @Override
    public PartnerId partnerId() {
        return stored.id();
    }

    /** The field {@code name}. */
    public @Nullable LocalizedText name() {
        return seen(PartnerField.NAME, stored.name());
    }

    /** The field {@code nameTranslations}. */
    public List<TranslationView> nameTranslations() {
        return TranslationView.of(seen(PartnerField.NAME_TRANSLATIONS, stored.name()));
    }

    /** The field {@code kind}. */
    public @Nullable PartnerKind kind() {
        return seen(PartnerField.KIND, stored.kind());
    }

    /** The field {@code summary}. */
    public @Nullable LocalizedText summary() {
        return seen(PartnerField.SUMMARY, stored.summary());
    }

    /** The field {@code summaryTranslations}. */
    public List<TranslationView> summaryTranslations() {
        return TranslationView.of(seen(PartnerField.SUMMARY_TRANSLATIONS, stored.summary()));
    }

    /** The field {@code areas}, by code. */
    public List<AreaCode> areas() {
        return seenList(PartnerField.AREAS, stored.areas());
    }

    /** The field {@code website}. */
    public @Nullable String website() {
        return seen(PartnerField.WEBSITE, stored.website());
    }

    /** The field {@code version}. */
    public @Nullable Long version() {
        return seen(PartnerField.VERSION, stored.version());
    }

    /** The field {@code alias}. */
    public @Nullable String alias() {
        return seen(PartnerField.ALIAS, stored.alias());
    }

    /** The field {@code status}. */
    public @Nullable PartnerStatus status() {
        return seen(PartnerField.STATUS, stored.status());
    }

    /** The field {@code statusReason}. */
    public @Nullable String statusReason() {
        return seen(PartnerField.STATUS_REASON, stored.statusReason());
    }

    /** The field {@code identifiers}. */
    public List<IdentifierView> identifiers() {
        return seenList(PartnerField.IDENTIFIERS, stored.identifiers());
    }

    /** The field {@code address}. */
    public @Nullable AddressView address() {
        return seen(PartnerField.ADDRESS, stored.address());
    }

    /** The field {@code contacts}. */
    public List<ContactView> contacts() {
        var contacts = seenList(PartnerField.CONTACTS, stored.contacts());
        return viewpoints.stream().anyMatch(PartnerField.ALL_CONTACTS::contains)
                ? contacts
                : contacts.stream().filter(ContactView::visibleToMembers).toList();
    }

    /** The field {@code memberSince}. */
    public @Nullable LocalDate memberSince() {
        return seen(PartnerField.MEMBER_SINCE, stored.memberSince());
    }

    /** The field {@code memberUntil}. */
    public @Nullable LocalDate memberUntil() {
        return seen(PartnerField.MEMBER_UNTIL, stored.memberUntil());
    }

    /** Whose activity to show: this partner's, or nothing where the actor may not see it. */
    public List<PartnerId> activityOf() {
        return seenList(PartnerField.ACTIVITY, List.of(stored.id()));
    }

    /** The field {@code viewerCanEdit}. */
    public boolean viewerCanEdit() {
        return PartnerPermissions.edit(actor, facts()).isEmpty();
    }

    /** The field {@code viewerCanSuspend}. */
    public boolean viewerCanSuspend() {
        return can(StatusChange.SUSPEND);
    }

    /** The field {@code viewerCanReinstate}. */
    public boolean viewerCanReinstate() {
        return can(StatusChange.REINSTATE);
    }

    /** The field {@code viewerCanDrop}. */
    public boolean viewerCanDrop() {
        return can(StatusChange.DROP);
    }

    private boolean can(StatusChange change) {
        return PartnerPermissions.changeStatus(actor).isEmpty() && change.startsAt(stored.status());
    }

    private PartnerFacts facts() {
        return new Facts(stored.id(), stored.status());
    }

    private record Facts(PartnerId id, PartnerStatus status) implements PartnerFacts {}
}
