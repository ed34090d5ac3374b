package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.files.FileFacts;
import de.smartcity.consortium.files.FileId;
import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.partners.LegalEntity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one text that stands for an offered edition, whose digest is signed: a line with the version of the form, one with the letter's id, one with
 * the edition's number, and all that the edition's parties agree on as JSON in the canonical form of RFC 8785. {@code docs/letters.md} describes it for
 * those who verify it; what it describes there never changes.
 */
public final class CanonicalForm {

    /** The version of the form. */
    static final String VERSION = "letter-edition/1";

    private CanonicalForm() {}

    /**
     * Writes an edition.
     *
     * @param text of the edition; null if it has none
     * @param files at least the edition's PDF and annexes
     */
    public static String of(
            LetterFacts letter, Edition edition, @Nullable LocalizedText text, Map<FileId, FileFacts> files) {
        var json = new StringBuilder();
        write(content(letter.initiator(), edition, text, files), json);
        return VERSION + "\n" + letter.id().value() + "\n" + edition.number() + "\n" + json;
    }

    /** The SHA-256 digest of its UTF-8 bytes, as 64 lower-case hexadecimal digits. */
    public static String digest(String form) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> content(
            PartnerId initiator, Edition edition, @Nullable LocalizedText text, Map<FileId, FileFacts> files) {
        var terms = edition.terms();
        var content = new TreeMap<String, Object>();
        put(content, "accessionObjectionDays", terms.accessionObjectionDays());
        content.put(
                "annexes", terms.annexes().stream().map(id -> file(id, files)).toList());
        put(content, "bindingLocale", terms.bindingLocale());
        if (terms.document() != null) {
            content.put("document", file(terms.document(), files));
        }
        put(content, "endsOn", terms.endsOn());
        put(content, "inForceOn", terms.inForceOn());
        content.put("initiator", initiator.value());
        put(content, "lapsesOn", terms.lapsesOn());
        put(content, "minimumMethod", terms.minimumMethod());
        put(content, "noticeDays", terms.noticeDays());
        content.put(
                "parties", edition.answers().stream().map(CanonicalForm::party).toList());
        put(content, "publishText", terms.publishText());
        if (text != null) {
            content.put("text", text.texts());
        }
        put(content, "title", terms.title() == null ? null : terms.title().texts());
        put(content, "visibility", terms.visibility());
        return content;
    }

    private static Map<String, Object> file(FileId id, Map<FileId, FileFacts> files) {
        var facts = files.get(id);
        // A file that is gone differs from what was offered, which a verification has to say.
        return facts == null
                ? Map.of()
                : Map.of("mediaType", facts.mediaType(), "name", facts.name(), "sha256", facts.sha256());
    }

    private static Map<String, Object> party(Answer answer) {
        var party = new TreeMap<String, Object>();
        if (answer.legalEntity() != null) {
            party.put("legalEntity", legalEntity(answer.legalEntity()));
        }
        put(party, "partner", answer.partner().value());
        put(party, "requirement", answer.requirement());
        put(party, "signaturesRequired", answer.signaturesRequired());
        return party;
    }

    private static Map<String, Object> legalEntity(LegalEntity entity) {
        var content = new TreeMap<String, Object>();
        put(content, "name", entity.name());
        put(content, "register", entity.register());
        put(content, "registerNumber", entity.registerNumber());
        put(content, "seat", entity.seat());
        return content;
    }

    /** What is optional may be absent, and what was altered in the database too, which a verification has to say. */
    private static void put(Map<String, Object> content, String name, @Nullable Object value) {
        if (value != null) {
            content.put(name, value);
        }
    }

    /** Without white space, and the names of each object ordered by their UTF-16 code units, as RFC 8785 demands. */
    private static void write(Object value, StringBuilder json) {
        switch (value) {
            case Map<?, ?> object -> {
                var sorted = new TreeMap<String, Object>();
                object.forEach((name, member) -> sorted.put(name.toString(), Objects.requireNonNull(member)));
                var separator = "{";
                for (var member : sorted.entrySet()) {
                    json.append(separator);
                    writeText(member.getKey(), json);
                    json.append(':');
                    write(member.getValue(), json);
                    separator = ",";
                }
                json.append(sorted.isEmpty() ? "{}" : "}");
            }
            case List<?> elements -> {
                var separator = "[";
                for (var element : elements) {
                    json.append(separator);
                    write(Objects.requireNonNull(element), json);
                    separator = ",";
                }
                json.append(elements.isEmpty() ? "[]" : "]");
            }
            case Integer number -> json.append(number.intValue());
            case Boolean flag -> json.append(flag.booleanValue());
            default -> writeText(value.toString(), json);
        }
    }

    private static void writeText(String text, StringBuilder json) {
        json.append('"');
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (character < ' ') {
                        json.append("\\u%04x".formatted((int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        json.append('"');
    }
}
