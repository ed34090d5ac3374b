package de.smartcity.consortium.graphql;

import de.smartcity.consortium.kernel.LocalizedText;
import de.smartcity.consortium.kernel.Translation;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows texts in the wanted languages: those of the field's argument {@code locale}, or else of the request. */
final class Texts {

    private final Supplier<DefaultLocale> defaultLocale;

    Texts(Supplier<DefaultLocale> defaultLocale) {
        this.defaultLocale = defaultLocale;
    }

    DataFetcher<?> inOneLanguage(Function<Object, @Nullable Object> reader) {
        return (TrivialDataFetcher<@Nullable Object>) environment -> {
            if (!(reader.apply(Objects.requireNonNull(environment.<Object>getSource()))
                    instanceof LocalizedText text)) {
                return null;
            }
            List<String> wanted = environment.getArgument("locale");
            if (wanted == null) {
                WantedLocales ofRequest = environment.getGraphQlContext().get(WantedLocales.class);
                wanted = ofRequest == null ? List.of() : ofRequest.tags();
            }
            return text.in(wanted, defaultLocale.get().tag());
        };
    }

    /** Of a text, or of several with their languages. */
    DataFetcher<?> inAllLanguages(Function<Object, @Nullable Object> reader) {
        return (SourceFetcher) source -> {
            var value = reader.apply(source);
            if (value instanceof LocalizedText text) {
                return text.texts().entrySet().stream()
                        .map(entry -> new Translation(entry.getKey(), entry.getValue()))
                        .toList();
            }
            return value instanceof List<?> translations ? translations : List.of();
        };
    }
}
