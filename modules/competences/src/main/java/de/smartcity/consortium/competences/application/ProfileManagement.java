package de.smartcity.consortium.competences.application;

import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.CompetenceProfiles;
import de.smartcity.consortium.competences.model.ProfileContent;
import de.smartcity.consortium.competences.model.ProfilePermissions;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Edit;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.KeyedChanges.AlreadyMade;
import de.smartcity.consortium.kernel.Moment;
import de.smartcity.consortium.kernel.NotFound;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Refusal;
import de.smartcity.consortium.partners.PartnerLookup;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Changes profiles: loads one, calls its verb, claims its files and saves it. After a concurrent save, this is repeated with the newer version. A
 * change that was made before with its key is answered like the first time, and nothing is saved. All throw {@link NotFound} for a partner that the
 * actor may not see.
 */
public class ProfileManagement {

    private final CompetenceProfiles profiles;
    private final VocabularyReading vocabulary;
    private final PartnerLookup partners;
    private final FileClaims files;
    private final ConsortiumZone zone;
    private final RetryTemplate staleWrites;

    ProfileManagement(
            CompetenceProfiles profiles,
            VocabularyReading vocabulary,
            PartnerLookup partners,
            FileClaims files,
            ConsortiumZone zone,
            RetryTemplate staleWrites) {
        this.profiles = profiles;
        this.vocabulary = vocabulary;
        this.partners = partners;
        this.files = files;
        this.zone = zone;
        this.staleWrites = staleWrites;
    }

    /** Changes the draft of a partner's profile. @throws Conflict if its version is not the one that the caller read, 0 for none */
    public void edit(PartnerId partner, long expectedVersion, Edit<ProfileContent> edit, Change change) {
        change(partner, change, ProfilePermissions::edit, profile -> {
            var attached = List.copyOf(profile.files());
            profile.edit(change, zone.dayOf(change.at()), vocabulary::vocabulary, expectedVersion, edit);
            claimNew(profile, attached, change.actor());
        });
    }

    /** Publishes the draft. @throws Conflict if the profile's version is not the one that the caller read */
    public void publish(PartnerId partner, long expectedVersion, Change change) {
        change(
                partner,
                change,
                ProfilePermissions::publish,
                profile -> profile.publish(change, zone.dayOf(change.at()), vocabulary::vocabulary, expectedVersion));
    }

    /** Discards the draft. @throws Conflict if the profile's version is not the one that the caller read */
    public void discardDraft(PartnerId partner, long expectedVersion, Change change) {
        change(partner, change, ProfilePermissions::edit, profile -> profile.discardDraft(change, expectedVersion));
    }

    /** Takes over what a profile needs of its partner, for the service itself. */
    void followPartner(PartnerId partner, Change change) {
        follow(
                partner,
                profile -> profile.followPartner(
                        change, partners.find(List.of(partner), Actor.system()).get(partner)));
    }

    /** Takes over which competences of a profile are deprecated, for the service itself. */
    void followVocabulary(PartnerId partner, Moment now) {
        follow(
                partner,
                profile -> profile.followVocabulary(Change.by(Actor.system(), now.at()), vocabulary.vocabulary()));
    }

    /** Does what has become due in a profile, for the service itself. */
    void settle(PartnerId partner, Moment now) {
        follow(partner, profile -> profile.settle(Change.by(Actor.system(), now.at()), now.today()));
    }

    private void follow(PartnerId partner, Predicate<CompetenceProfile> differs) {
        staleWrites.invoke(() -> {
            profiles.findById(partner).filter(differs).ifPresent(profiles::save);
            return partner;
        });
    }

    /** The permission is asked before the profile is loaded, since how long that takes depends on a draft. */
    private void change(
            PartnerId partner,
            Change change,
            BiFunction<Actor, PartnerId, Optional<Refusal>> permission,
            Consumer<CompetenceProfile> act) {
        var face = Optional.ofNullable(
                        partners.find(List.of(partner), change.actor()).get(partner))
                .orElseThrow(() -> new NotFound("Partner"));
        Forbidden.unlessPermitted(permission.apply(change.actor(), partner));
        staleWrites.invoke(() -> {
            var profile = profiles.findById(partner).orElseGet(() -> CompetenceProfile.of(face, change.at()));
            try {
                act.accept(profile);
                if (!profile.newEvents().isEmpty()) {
                    profiles.save(profile);
                }
            } catch (AlreadyMade before) {
                // Answered like the first time.
                return partner;
            } catch (DuplicateKeyException begunMeanwhile) {
                throw new OptimisticLockingFailureException("The profile has been begun meanwhile", begunMeanwhile);
            }
            return partner;
        });
    }

    /** Whoever edits may not be who attached the files that are there already. */
    private void claimNew(CompetenceProfile profile, Collection<FileId> attached, Actor actor) {
        var draft = profile.draft();
        if (draft == null || profile.newEvents().isEmpty()) {
            return;
        }
        var places = places(draft);
        attached.forEach(places::remove);
        files.claim(places, CompetenceFiles.KIND, profile.partner().value(), actor);
    }

    /** Where each file is in the input. */
    private static LinkedHashMap<FileId, List<String>> places(ProfileContent content) {
        var places = new LinkedHashMap<FileId, List<String>>();
        for (var index = 0; index < content.entries().size(); index++) {
            var evidence = content.entries().get(index).evidence();
            for (var piece = 0; piece < Math.min(evidence.size(), CompetenceEntry.MAX_EVIDENCE); piece++) {
                var file = evidence.get(piece).file();
                if (file != null) {
                    places.put(
                            file, List.of("entries", String.valueOf(index), "evidence", String.valueOf(piece), "file"));
                }
            }
        }
        return places;
    }
}
