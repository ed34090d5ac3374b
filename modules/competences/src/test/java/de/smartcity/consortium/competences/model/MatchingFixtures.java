package de.smartcity.consortium.competences.model;

import de.smartcity.consortium.competences.CompetenceCode;
import de.smartcity.consortium.competences.CompetenceLevel;
import de.smartcity.consortium.competences.Importance;
import de.smartcity.consortium.competences.Need;
import de.smartcity.consortium.kernel.PartnerId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes needs, candidates and vocabularies of texts. */
final class MatchingFixtures {

    private MatchingFixtures() {}

    static CompetenceCode code(String text) {
        return CompetenceCode.parse(text);
    }

    static Concept concept(String code) {
        return new Concept(code(code), null, false, null);
    }

    static Concept narrower(String code, String broader) {
        return new Concept(code(code), code(broader), false, null);
    }

    static Concept deprecated(String code, @Nullable String replacedBy) {
        return new Concept(
                code(code),
                null,
                true,
                Optional.ofNullable(replacedBy).map(MatchingFixtures::code).orElse(null));
    }

    static Need must(String competence, CompetenceLevel level) {
        return new Need(code(competence), level, Importance.MUST);
    }

    static Need wish(String competence, CompetenceLevel level) {
        return new Need(code(competence), level, Importance.WISH);
    }

    static Skill skill(String competence, CompetenceLevel claimed, CompetenceLevel evidenced) {
        return new Skill(code(competence), claimed, evidenced);
    }

    static Candidate candidate(String name, Skill... skills) {
        return new Candidate(PartnerId.next(), name, List.of(skills));
    }

    static List<String> names(List<PartnerMatch> matches) {
        return matches.stream().map(match -> match.candidate().name()).toList();
    }
}
