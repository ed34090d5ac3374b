package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.EntryFacts;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.competences.model.ProfilePermissions;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Viewpoint;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The type table of {@code CompetenceProfile}. */
final class ProfileTable {

    private static final Set<Viewpoint> OWN = Set.of(CompetenceProfile.OWNER);
    private static final Set<Viewpoint> OWN_AND_OFFICE = Set.of(CompetenceProfile.OWNER, Viewpoint.OFFICE);

    private ProfileTable() {}

    static TypeTable<StoredProfile> table(Supplier<LocalDate> today) {
        return TypeTable.of(
                        "CompetenceProfile", StoredProfile.class, StoredProfile::derived, CompetenceProfile.RELATIONS)
                .key(profile -> profile.partner().value())
                // Whether there is a draft.
                .alwaysRead("draftedAt")
                .referred("partner", "_id", StoredProfile::partner)
                .parts(
                        CompetenceProfile.EVERYBODY,
                        "entries",
                        "published.entries",
                        profile -> entries(profile, today.get()),
                        EntryFacts::seenBy)
                .seenBy(
                        CompetenceProfile.MEMBERS,
                        "availability",
                        "published.availability",
                        profile -> profile.availability(today.get()))
                .seenBy(
                        CompetenceProfile.MEMBERS,
                        "contactFunction",
                        "published.contactFunction",
                        published(ProfileContent::contactFunction))
                .withTranslations()
                .seenBy(CompetenceProfile.MEMBERS, "publishedAt", "publishedAt", StoredProfile::publishedAt)
                .seenBy(OWN, "draft", "draft", profile -> ShownDraft.of(profile, today.get()))
                .seenBy(OWN_AND_OFFICE, "createdAt", "createdAt", StoredProfile::createdAt)
                .seenBy(OWN_AND_OFFICE, "activity", "_id", StoredProfile::partner)
                .seenIf(ProfileTable::mayEditOrPublish, "version", "version", StoredProfile::version)
                .seenIf(ProfileTable::mayEditOrPublish, "updatedAt", "updatedAt", StoredProfile::updatedAt)
                .computed("viewerCanEdit", ProfileTable::mayEdit)
                .computed(
                        "viewerCanPublish",
                        (profile, actor) -> profile.draftedAt() != null && mayPublish(profile, actor))
                .computed(
                        "viewerCanDiscard", (profile, actor) -> profile.draftedAt() != null && mayEdit(profile, actor))
                .build();
    }

    private static @Nullable List<EntryFacts> entries(StoredProfile profile, LocalDate today) {
        var published = profile.published();
        return published == null
                ? null
                : published.entries().stream()
                        .<EntryFacts>map(entry -> ShownEntry.of(entry, today))
                        .toList();
    }

    private static Function<StoredProfile, @Nullable Object> published(
            Function<ProfileContent, ? extends @Nullable Object> read) {
        return profile -> profile.published() == null ? null : read.apply(profile.published());
    }

    /** Whoever publishes names the version, too. */
    private static boolean mayEditOrPublish(StoredProfile profile, Actor actor) {
        return mayEdit(profile, actor) || mayPublish(profile, actor);
    }

    private static boolean mayEdit(StoredProfile profile, Actor actor) {
        return ProfilePermissions.edit(actor, profile.partner()).isEmpty();
    }

    private static boolean mayPublish(StoredProfile profile, Actor actor) {
        return ProfilePermissions.publish(actor, profile.partner()).isEmpty();
    }
}
