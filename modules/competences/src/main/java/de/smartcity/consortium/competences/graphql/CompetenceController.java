package de.smartcity.consortium.competences.graphql;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.application.CompetenceFilter;
import de.smartcity.consortium.competences.application.Coverage;
import de.smartcity.consortium.competences.application.CoverageReading;
import de.smartcity.consortium.competences.application.CoverageReading.GivenNeed;
import de.smartcity.consortium.competences.application.ProfileManagement;
import de.smartcity.consortium.competences.application.ProfileReading;
import de.smartcity.consortium.competences.application.StoredConcept;
import de.smartcity.consortium.competences.application.StoredProfile;
import de.smartcity.consortium.competences.application.VocabularyReading;
import de.smartcity.consortium.competences.graphql.CompetenceInputs.DiscardCompetenceDraftInput;
import de.smartcity.consortium.competences.graphql.CompetenceInputs.EditCompetenceProfileInput;
import de.smartcity.consortium.competences.graphql.CompetenceInputs.PublishCompetenceProfileInput;
import de.smartcity.consortium.competences.graphql.CompetencePayloads.ProfilePayload;
import de.smartcity.consortium.competences.model.ProfilePermissions;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class CompetenceController {

    private final VocabularyReading vocabulary;
    private final ProfileReading profiles;
    private final CoverageReading coverage;
    private final ProfileManagement management;
    private final CompetenceInputMapper inputs;

    CompetenceController(
            VocabularyReading vocabulary,
            ProfileReading profiles,
            CoverageReading coverage,
            ProfileManagement management,
            CompetenceInputMapper inputs) {
        this.vocabulary = vocabulary;
        this.profiles = profiles;
        this.coverage = coverage;
        this.management = management;
        this.inputs = inputs;
    }

    @QueryMapping
    @Nullable
    View<StoredConcept> competence(@Argument String code, Actor actor, Selection selection) {
        var parsed = CompetenceCode.parse(code);
        return vocabulary.find(List.of(parsed), actor, selection).get(parsed);
    }

    @QueryMapping
    Connection<View<StoredConcept>> competences(
            @Argument @Nullable CompetenceFilter filter, PageRequest page, Actor actor, Selection selection) {
        return vocabulary.page(filter, page, actor, selection);
    }

    @QueryMapping
    Connection<View<StoredProfile>> competentPartners(
            @Argument String competence,
            @Argument CompetenceLevel minLevel,
            PageRequest page,
            Actor actor,
            Selection selection) {
        return profiles.competent(competence, minLevel, page, actor, selection);
    }

    @QueryMapping
    Coverage coverage(
            @Argument List<GivenNeed> needs,
            @Argument @Nullable List<String> exclude,
            @Argument int first,
            Actor actor) {
        return coverage.coverage(needs, partnerIds(exclude), first, actor);
    }

    @SchemaMapping(typeName = "Viewer")
    boolean canEditCompetenceProfile(Actor actor) {
        return ProfilePermissions.edit(actor).isEmpty();
    }

    @MutationMapping
    ProfilePayload editCompetenceProfile(@Argument EditCompetenceProfileInput input, Change change) {
        var partner = partnerId(input.partnerId());
        management.edit(partner, input.expectedVersion(), inputs.edit(input), change);
        return new ProfilePayload(partner);
    }

    @MutationMapping
    ProfilePayload publishCompetenceProfile(@Argument PublishCompetenceProfileInput input, Change change) {
        var partner = partnerId(input.partnerId());
        management.publish(partner, input.expectedVersion(), change);
        return new ProfilePayload(partner);
    }

    @MutationMapping
    ProfilePayload discardCompetenceDraft(@Argument DiscardCompetenceDraftInput input, Change change) {
        var partner = partnerId(input.partnerId());
        management.discardDraft(partner, input.expectedVersion(), change);
        return new ProfilePayload(partner);
    }

    private static Set<PartnerId> partnerIds(@Nullable List<String> ids) {
        return Optional.ofNullable(ids).stream()
                .flatMap(List::stream)
                .map(CompetenceController::partnerId)
                .collect(Collectors.toSet());
    }

    private static PartnerId partnerId(String id) {
        return new PartnerId(GlobalId.parse(id, "Partner"));
    }
}
