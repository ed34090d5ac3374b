package de.smartcity.consortium.competences.application;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.competences.CandidateSearch;
import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.competences.application.Coverage.CompetenceMatch;
import de.smartcity.consortium.competences.application.Coverage.CompetenceTeam;
import de.smartcity.consortium.competences.application.Coverage.NeedCoverage;
import de.smartcity.consortium.competences.application.Coverage.PartnerCoverage;
import de.smartcity.consortium.competences.model.Availability;
import de.smartcity.consortium.competences.model.Candidate;
import de.smartcity.consortium.competences.model.CompetenceEntry;
import de.smartcity.consortium.competences.model.CompetenceProfile;
import de.smartcity.consortium.competences.model.Matching;
import de.smartcity.consortium.competences.model.PartnerMatch;
import de.smartcity.consortium.competences.model.SkillMatch;
import de.smartcity.consortium.competences.model.Vocabulary;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Audience;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.kernel.Viewpoint;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who covers needs, with three Mongo commands: the vocabulary, what is claimed by all who match, and the profiles of the best. What counts
 * and is shown of those comes from the last one only, so that a profile that is published meanwhile counts as it was or as it is.
 */
public class CoverageReading implements CandidateSearch {

    private static final int MAX_PARTNERS = 100;
    /** Far more than a consortium has. */
    private static final int MAX_CANDIDATES = 10_000;

    private static final String ENTRIES = "entries";
    private static final String PARTNER = "partner";
    private static final String PUBLISHED_ENTRIES = "published.entries";

    private static final List<String> SKILLS = List.of(
            DerivedPaths.AUDIENCE,
            DerivedPaths.sort(PARTNER),
            PUBLISHED_ENTRIES + ".competence",
            PUBLISHED_ENTRIES + ".level",
            PUBLISHED_ENTRIES + ".visibility",
            PUBLISHED_ENTRIES + ".evidence.kind",
            PUBLISHED_ENTRIES + ".evidence.validFrom",
            PUBLISHED_ENTRIES + ".evidence.validUntil",
            PUBLISHED_ENTRIES + ".evidence.date");

    private static final List<String> SHOWN =
            List.of(DerivedPaths.AUDIENCE, DerivedPaths.sort(PARTNER), PUBLISHED_ENTRIES, "published.availability");

    private final TypeTable<StoredProfile> table;
    private final MongoCollection<StoredProfile> profiles;
    private final VocabularyReading vocabulary;
    private final Supplier<LocalDate> today;

    CoverageReading(
            TypeTable<StoredProfile> table,
            RecordCollections collections,
            VocabularyReading vocabulary,
            Supplier<LocalDate> today) {
        this.table = table;
        this.profiles = collections.of(ProfileReading.PROFILES, StoredProfile.class);
        this.vocabulary = vocabulary;
        this.today = today;
    }

    /** A need as a client asks for it. @param competence a code */
    public record GivenNeed(String competence, CompetenceLevel level, Importance importance) {}

    /**
     * Who covers the needs, by the entries that the actor sees.
     *
     * @param exclude partners that are left out
     * @param first how many partners to show, 0 to 100
     * @throws BadRequest unless there are 1 to 12 needs, each for another competence that exists
     */
    public Coverage coverage(List<GivenNeed> given, Set<PartnerId> exclude, int first, Actor actor) {
        demandNumber(given);
        demandFirst(first);
        var known = vocabulary.vocabulary();
        return coverage(new Matching(needs(given, known), known), exclude, first, actor);
    }

    @Override
    public Coverage candidates(List<Need> needs, Set<PartnerId> exclude, int first, Actor actor) {
        demandFirst(first);
        if (needs.isEmpty()) {
            return Coverage.NONE;
        }
        var known = vocabulary.vocabulary();
        var counting = needs.stream()
                .filter(need -> known.find(need.competence()).isPresent())
                .limit(Matching.MAX_NEEDS)
                .toList();
        return coverage(new Matching(counting, known), exclude, first, actor);
    }

    private Coverage coverage(Matching matching, Set<PartnerId> exclude, int first, Actor actor) {
        var search = new Search(today.get(), table.tokens(actor));
        var claimed = candidates(matching, exclude, search);
        var best = matching.rank(claimed).stream()
                .limit(first)
                .map(match -> match.candidate().partner())
                .collect(Collectors.toSet());
        var shown = profiles(best, search);
        var ranked = matching.rank(Stream.concat(
                        shown.values().stream().map(search::candidate),
                        claimed.stream().filter(candidate -> !best.contains(candidate.partner())))
                .toList());
        return new Coverage(
                ranked.stream()
                        .filter(match -> shown.containsKey(match.candidate().partner()))
                        .map(match -> shown(match, shown.get(match.candidate().partner()), search))
                        .toList(),
                matching.uncovered(ranked),
                matching.teams(ranked).stream()
                        .map(team -> new CompetenceTeam(
                                team.members().stream()
                                        .map(member -> member.candidate().partner())
                                        .toList(),
                                team.score().rounded()))
                        .toList());
    }

    private static void demandNumber(List<GivenNeed> given) {
        if (given.isEmpty() || given.size() > Matching.MAX_NEEDS) {
            throw new BadRequest("Give 1 to " + Matching.MAX_NEEDS + " needs.");
        }
    }

    private static void demandFirst(int first) {
        if (first < 0 || first > MAX_PARTNERS) {
            throw new BadRequest("first must be from 0 to " + MAX_PARTNERS + ", not " + first + ".");
        }
    }

    private static List<Need> needs(List<GivenNeed> given, Vocabulary known) {
        var met = new HashSet<CompetenceCode>();
        return given.stream()
                .map(need -> {
                    var code = VocabularyReading.known(need.competence(), known);
                    if (!met.add(code)) {
                        throw new BadRequest("The competence " + code.value() + " is needed twice.");
                    }
                    return new Need(code, need.level(), need.importance());
                })
                .toList();
    }

    /** @param held the actor's tokens */
    private record Search(LocalDate today, Map<String, Viewpoint> held) {

        /** What matching needs of a profile; only the entries that the actor sees. */
        Candidate candidate(StoredProfile profile) {
            var name = Objects.requireNonNull(profile.derived().sort()).get(PARTNER);
            return new Candidate(
                    profile.partner(),
                    Objects.requireNonNull(name),
                    visible(profile).stream().map(entry -> entry.skill(today)).toList());
        }

        List<CompetenceEntry> visible(StoredProfile profile) {
            return profile.entriesSeenFrom(viewpoints(profile)).stream()
                    .filter(entry -> entry.competence() != null)
                    .toList();
        }

        @Nullable
        Availability availability(StoredProfile profile) {
            return Collections.disjoint(CompetenceProfile.MEMBERS, viewpoints(profile))
                    ? null
                    : profile.availability(today);
        }

        private Set<Viewpoint> viewpoints(StoredProfile profile) {
            return profile.derived().audience().viewpoints(held);
        }
    }

    private List<Candidate> candidates(Matching matching, Set<PartnerId> exclude, Search search) {
        var keys = matching.competences().stream()
                .map(code -> CompetenceProfile.facet(code, CompetenceLevel.KNOWS.rank()))
                .toList();
        var found = new ArrayList<Candidate>();
        profiles.find(Filters.and(
                        Filters.in(DerivedPaths.AUDIENCE, search.held().keySet()),
                        Filters.in(
                                DerivedPaths.FACETS, Audience.keys(search.held().keySet(), ENTRIES, keys))))
                .sort(Sorts.ascending(DerivedPaths.sort(PARTNER)))
                .projection(Projections.include(SKILLS))
                .limit(MAX_CANDIDATES)
                // One batch, so that the number of commands does not depend on how many there are.
                .batchSize(MAX_CANDIDATES + 1)
                .forEach(profile -> {
                    if (!exclude.contains(profile.partner())) {
                        found.add(search.candidate(profile));
                    }
                });
        return found;
    }

    private Map<PartnerId, StoredProfile> profiles(Collection<PartnerId> partners, Search search) {
        var found = new HashMap<PartnerId, StoredProfile>();
        profiles.find(Filters.and(
                        Filters.in("_id", partners),
                        Filters.in(DerivedPaths.AUDIENCE, search.held().keySet())))
                .projection(Projections.include(SHOWN))
                .batchSize(partners.size() + 1)
                .forEach(profile -> found.put(profile.partner(), profile));
        return found;
    }

    private static PartnerCoverage shown(PartnerMatch match, @Nullable StoredProfile found, Search search) {
        var profile = Objects.requireNonNull(found);
        var entries = search.visible(profile).stream()
                .collect(Collectors.toMap(
                        CompetenceEntry::competence,
                        entry -> ShownEntry.of(entry, search.today()),
                        // Stored profiles may have two.
                        (first, second) -> first));
        return new PartnerCoverage(
                profile.partner(),
                match.score().rounded(),
                match.missesMust(),
                search.availability(profile),
                match.needs().stream()
                        .map(need -> new NeedCoverage(
                                need.need(),
                                need.isCovered(),
                                need.score().rounded(),
                                shown(need.best(), entries),
                                shown(need.covering(), entries)))
                        .toList());
    }

    private static @Nullable CompetenceMatch shown(
            @Nullable SkillMatch match, Map<CompetenceCode, ShownEntry> entries) {
        return match == null
                ? null
                : new CompetenceMatch(
                        match.kind(),
                        match.score().rounded(),
                        Objects.requireNonNull(entries.get(match.skill().competence())));
    }
}
