package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.files.FileImport;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Change;
import de.smartcity.consortium.kernel.ChangeKey;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.Organisation;
import de.smartcity.consortium.kernel.OrganisationId;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.kernel.PartnerStatus;
import de.smartcity.consortium.kernel.Role;
import de.smartcity.consortium.kernel.Violations;
import de.smartcity.consortium.letters.LetterId;
import de.smartcity.consortium.letters.LetterImport;
import de.smartcity.consortium.letters.LetterRow;
import de.smartcity.consortium.letters.model.EditionTerms;
import de.smartcity.consortium.letters.model.LetterOfIntent;
import de.smartcity.consortium.letters.model.LetterVisibility;
import de.smartcity.consortium.letters.model.Letters;
import de.smartcity.consortium.letters.model.Mandate;
import de.smartcity.consortium.letters.model.OfferedEditions;
import de.smartcity.consortium.letters.model.PartyTerms;
import de.smartcity.consortium.letters.model.Requirement;
import de.smartcity.consortium.letters.model.SignatureInput;
import de.smartcity.consortium.letters.model.SignatureMethod;
import de.smartcity.consortium.partners.ImportedConstants;
import de.smartcity.consortium.partners.ImportedPartners;
import de.smartcity.consortium.partners.PartnerLookup;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes each letter in one save, so that an interrupted import leaves none half done. */
class LetterSetup implements LetterImport {

    private static final Logger LOG = LoggerFactory.getLogger(LetterSetup.class);

    private final Letters letters;
    private final OfferedEditions offered;
    private final PartnerDirectory directory;
    private final PartnerLookup partners;
    private final FileImport uploads;
    private final FileClaims files;
    private final Languages languages;
    private final ConsortiumZone zone;
    private final Clock clock;

    LetterSetup(
            Letters letters,
            OfferedEditions offered,
            PartnerDirectory directory,
            PartnerLookup partners,
            FileImport uploads,
            FileClaims files,
            Languages languages,
            ConsortiumZone zone,
            Clock clock) {
        this.letters = letters;
        this.offered = offered;
        this.directory = directory;
        this.partners = partners;
        this.uploads = uploads;
        this.files = files;
        this.languages = languages;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public void load(
            List<LetterRow> rows, Map<PartnerAlias, OrganisationId> organisations, Function<String, byte[]> annexes) {
        var violations = new Violations();
        var named = new ImportedPartners(directory, organisations);
        rows.forEach(row -> violations.at(row.key(), () -> {
            add(row, named, annexes);
            return row;
        }));
        violations.throwIfAny();
    }

    private void add(LetterRow row, ImportedPartners named, Function<String, byte[]> annexes) {
        var initiator = named.get(row.initiator());
        var editor = ImportedPartners.demonstrationAccount(initiator, "editor", Role.EDITOR);
        var now = clock.instant();
        var change = new Change(editor, now, ChangeKey.of(editor, "draftLetter", row.key(), Map.of()));
        if (letters.findById(new LetterId(change.newId())).isPresent()) {
            return;
        }
        var today = zone.dayOf(now);
        var parties = row.parties().stream().map(named::get).toList();
        if (Stream.concat(Stream.of(initiator), parties.stream())
                .anyMatch(partner -> partner.status() != PartnerStatus.ACTIVE)) {
            LOG.warn("The letter {} is not loaded: not all of its partners are ACTIVE", row.key());
            return;
        }
        var annex = row.annex() == null
                ? null
                : uploads.upload(row.annex(), "application/pdf", annexes.apply(row.annex()), editor);
        var letter = LetterOfIntent.draft(change, violations -> terms(row, parties, annex, today, violations));
        if (annex != null) {
            files.claim(List.of(annex), LetterFiles.KIND, letter.id().value(), editor);
        }
        var signatory = Change.by(ImportedPartners.demonstrationAccount(initiator, "signatory", Role.SIGNATORY), now);
        var offer = letter.offer(signatory, today, 0, asked -> partners.find(asked, Actor.system()), files::find);
        offered.save(offer);
        if (row.signed()) {
            Stream.concat(Stream.of(initiator), parties.stream())
                    .forEach(party -> sign(letter, party, offer.digest(), today));
        }
        letters.save(letter);
    }

    private void sign(LetterOfIntent letter, Organisation party, String digest, LocalDate today) {
        var required = letter.lastOffered()
                .orElseThrow()
                .findAnswer(party.partner())
                .orElseThrow()
                .signaturesRequired();
        for (var number = 1; number <= required; number++) {
            var name = number == 1 ? "signatory" : "signatory" + number;
            letter.sign(
                    Change.by(ImportedPartners.demonstrationAccount(party, name, Role.SIGNATORY), clock.instant()),
                    today,
                    digest,
                    violations -> new SignatureInput(
                            "Demonstration data",
                            letter.lastOffered().orElseThrow().textLanguages().getFirst(),
                            SignatureMethod.IN_APP,
                            Mandate.STATUTORY,
                            null,
                            null,
                            null),
                    () -> name + " of " + party.alias().value() + ", demonstration data");
        }
    }

    private EditionTerms terms(
            LetterRow row, List<Organisation> parties, @Nullable FileId annex, LocalDate today, Violations violations) {
        return new EditionTerms(
                Objects.requireNonNull(
                        violations.at("title", () -> languages.parse(row.title(), EditionTerms.MAX_TITLE_LENGTH))),
                violations.at("text", () -> languages.parse(row.text(), EditionTerms.MAX_TEXT_LENGTH)),
                row.bindingLocale(),
                null,
                annex == null ? List.of() : List.of(annex),
                parties.stream()
                        .map(party -> new PartyTerms(party.partner(), Requirement.REQUIRED))
                        .toList(),
                visibility(row.visibility()),
                false,
                SignatureMethod.IN_APP,
                90,
                30,
                today.plusDays(row.openForDays()),
                null,
                null);
    }

    private static LetterVisibility visibility(@Nullable String name) {
        return name == null
                ? LetterVisibility.PARTIES
                : ImportedConstants.parse(LetterVisibility.class, name, "visibility");
    }
}
