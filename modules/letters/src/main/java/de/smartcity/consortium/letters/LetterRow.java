package de.smartcity.consortium.letters;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A letter as files describe it, before its values are validated. Partners are named by their aliases, texts are maps by BCP 47 tag.
 *
 * @param key identifies it among the rows of all files
 * @param parties beside the initiator; all of them are required
 * @param visibility PARTIES, CONSORTIUM or PUBLIC; null for PARTIES
 * @param openForDays how many days the parties have to answer from the day on which it is loaded
 * @param annex the name of a PDF beside the file; null for none
 * @param signed whether all parties have signed it; otherwise it is offered
 */
public record LetterRow(
        String key,
        String initiator,
        List<String> parties,
        Map<String, String> title,
        Map<String, String> text,
        String bindingLocale,
        @Nullable String visibility,
        int openForDays,
        @Nullable String annex,
        boolean signed) {}
