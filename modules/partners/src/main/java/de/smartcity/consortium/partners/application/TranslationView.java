package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.kernel.LocalizedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type {@code Translation}. */
public record TranslationView(String locale, String text) {

    static List<TranslationView> of(@Nullable LocalizedText text) {
        return text == null
                ? List.of()
                : text.texts().entrySet().stream()
                        .map(entry -> new TranslationView(entry.getKey(), entry.getValue()))
                        .toList();
    }
}
