package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.letters.model.Edition;
import de.smartcity.consortium.letters.model.PartyTerms;
import de.smartcity.consortium.partners.LegalEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the editions of a letter. */
public class EditionChanges {

    /** As the schema says; only if all parties of both editions differ in everything, there are more. */
    private static final int MAX_CHANGES = 200;

    private final LetterTexts texts;
    private final FileClaims files;

    EditionChanges(LetterTexts texts, FileClaims files) {
        this.texts = texts;
        this.files = files;
    }

    /** What differs between two editions. */
    public record Changes(List<EditionChange> changes) {}

    /**
     * One difference.
     *
     * @param field the field that differs, by its name in the schema
     * @param locale the language, for title and text
     * @param partner the partner, for what is about a party
     * @param before null if there was nothing
     * @param after null if there is nothing any more; both null if only the order of the parties differs
     */
    public record EditionChange(
            String field,
            @Nullable String locale,
            @Nullable PartnerId partner,
            @Nullable String before,
            @Nullable String after) {}

    private record Pair(ShownEdition after, ShownEdition before) {}

    /**
     * What differs from the edition with this number to each of these; nothing for those of whose letter the actor does not see that edition from the
     * inside. At most two Mongo commands for texts and one for files.
     */
    public Map<ShownEdition, Changes> since(int number, Collection<ShownEdition> editions, Actor actor) {
        var pairs = new ArrayList<Pair>();
        for (var shown : editions) {
            ShownEdition.of(shown.letter())
                    .filter(edition -> edition.edition().number() == number)
                    .filter(edition -> edition.isSeenFromInside(actor))
                    .forEach(edition -> pairs.add(new Pair(shown, edition)));
        }
        var sources = new HashSet<TextOf>();
        var attached = new HashSet<FileId>();
        for (var pair : pairs) {
            for (var shown : List.of(pair.before(), pair.after())) {
                attached.addAll(shown.edition().terms().files());
                var text = shown.text();
                if (text != null) {
                    sources.add(text);
                }
            }
        }
        var loaded = texts.load(sources);
        var facts = files.find(attached);
        var found = new HashMap<ShownEdition, Changes>();
        for (var pair : pairs) {
            found.put(
                    pair.after(),
                    new Changes(between(
                            pair.before().edition(),
                            text(pair.before(), loaded),
                            pair.after().edition(),
                            text(pair.after(), loaded),
                            facts)));
        }
        return found;
    }

    private static @Nullable LocalizedText text(ShownEdition edition, Map<TextOf, LetterText> loaded) {
        var of = edition.text();
        var text = of == null ? null : loaded.get(of);
        return text == null ? null : text.content();
    }

    private static List<EditionChange> between(
            Edition editionBefore,
            @Nullable LocalizedText textBefore,
            Edition editionAfter,
            @Nullable LocalizedText textAfter,
            Map<FileId, FileFacts> files) {
        var before = editionBefore.terms();
        var after = editionAfter.terms();
        var changes = new ArrayList<EditionChange>();
        ofTexts("title", before.title(), after.title(), changes);
        ofTexts("text", textBefore, textAfter, changes);
        ofValues("bindingLocale", before.bindingLocale(), after.bindingLocale(), changes);
        ofFiles("document", listOf(before.document()), listOf(after.document()), files, changes);
        ofFiles("annexes", before.annexes(), after.annexes(), files, changes);
        ofParties(before.parties(), after.parties(), changes);
        ofAnswers(editionBefore, editionAfter, changes);
        ofValues("visibility", before.visibility(), after.visibility(), changes);
        ofValues("publishText", before.publishText(), after.publishText(), changes);
        ofValues("minimumMethod", before.minimumMethod(), after.minimumMethod(), changes);
        ofValues("noticeDays", before.noticeDays(), after.noticeDays(), changes);
        ofValues("accessionObjectionDays", before.accessionObjectionDays(), after.accessionObjectionDays(), changes);
        ofValues("lapsesOn", before.lapsesOn(), after.lapsesOn(), changes);
        ofValues("inForceOn", before.inForceOn(), after.inForceOn(), changes);
        ofValues("endsOn", before.endsOn(), after.endsOn(), changes);
        return List.copyOf(changes.subList(0, Math.min(MAX_CHANGES, changes.size())));
    }

    private static void ofTexts(
            String field, @Nullable LocalizedText before, @Nullable LocalizedText after, List<EditionChange> changes) {
        var old = before == null ? Map.<String, String>of() : before.texts();
        var now = after == null ? Map.<String, String>of() : after.texts();
        var locales = new TreeSet<>(old.keySet());
        locales.addAll(now.keySet());
        for (var locale : locales) {
            ofValue(field, locale, null, old.get(locale), now.get(locale), changes);
        }
    }

    private static void ofValues(
            String field, @Nullable Object before, @Nullable Object after, List<EditionChange> changes) {
        ofValue(field, null, null, textOf(before), textOf(after), changes);
    }

    private static void ofValue(
            String field,
            @Nullable String locale,
            @Nullable PartnerId partner,
            @Nullable String before,
            @Nullable String after,
            List<EditionChange> changes) {
        if (!Objects.equals(before, after)) {
            changes.add(new EditionChange(field, locale, partner, before, after));
        }
    }

    private static @Nullable String textOf(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static void ofFiles(
            String field,
            List<FileId> before,
            List<FileId> after,
            Map<FileId, FileFacts> files,
            List<EditionChange> changes) {
        before.stream()
                .filter(file -> !after.contains(file))
                .forEach(file -> changes.add(new EditionChange(field, null, null, nameOf(file, files), null)));
        after.stream()
                .filter(file -> !before.contains(file))
                .forEach(file -> changes.add(new EditionChange(field, null, null, null, nameOf(file, files))));
        if (isOrderedOtherwise(before, after)) {
            changes.add(new EditionChange(field, null, null, namesOf(before, files), namesOf(after, files)));
        }
    }

    /** The order is part of what is signed. */
    private static boolean isOrderedOtherwise(Collection<?> before, Collection<?> after) {
        return Set.copyOf(before).equals(Set.copyOf(after))
                && !List.copyOf(before).equals(List.copyOf(after));
    }

    private static String namesOf(List<FileId> ids, Map<FileId, FileFacts> files) {
        return ids.stream().map(file -> nameOf(file, files)).collect(Collectors.joining(", "));
    }

    private static List<FileId> listOf(@Nullable FileId file) {
        return file == null ? List.of() : List.of(file);
    }

    private static String nameOf(FileId file, Map<FileId, FileFacts> files) {
        var facts = files.get(file);
        return facts == null ? "" : facts.name();
    }

    private static void ofParties(List<PartyTerms> before, List<PartyTerms> after, List<EditionChange> changes) {
        var old = byPartner(before);
        var now = byPartner(after);
        var partners = new LinkedHashMap<>(old);
        partners.putAll(now);
        for (var partner : partners.keySet()) {
            ofValue("parties", null, partner, old.get(partner), now.get(partner), changes);
        }
        if (isOrderedOtherwise(old.keySet(), now.keySet())) {
            changes.add(new EditionChange("parties", null, null, null, null));
        }
    }

    /** What was fixed of the parties of both with the offer; a draft has nothing of it yet. */
    private static void ofAnswers(Edition before, Edition after, List<EditionChange> changes) {
        for (var now : after.answers()) {
            before.findAnswer(now.partner()).ifPresent(old -> {
                ofValue(
                        "legalEntity",
                        null,
                        now.partner(),
                        textOf(old.legalEntity()),
                        textOf(now.legalEntity()),
                        changes);
                ofValue(
                        "signaturesRequired",
                        null,
                        now.partner(),
                        textOf(old.signaturesRequired()),
                        textOf(now.signaturesRequired()),
                        changes);
            });
        }
    }

    private static @Nullable String textOf(@Nullable LegalEntity entity) {
        return entity == null
                ? null
                : Stream.of(entity.name(), entity.register(), entity.registerNumber(), entity.seat())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "));
    }

    private static Map<PartnerId, String> byPartner(List<PartyTerms> parties) {
        var requirements = new LinkedHashMap<PartnerId, String>();
        parties.forEach(
                party -> requirements.put(party.partner(), party.requirement().name()));
        return requirements;
    }
}
