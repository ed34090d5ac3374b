package de.smartcity.consortium.letters.model;

import de.smartcity.consortium.letters.LetterId;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What was offered with an edition, as it was signed; never changed. It is stored before the letter that refers to it, under the digest, so that
 * what an interrupted or overtaken offer leaves changes nothing.
 *
 * @param digest of the canonical form
 * @param canonicalForm as {@link CanonicalForm} writes it, with the text in all languages
 */
@Document("letterEditions")
public record OfferedEdition(@Id String digest, LetterId letter, int number, String canonicalForm) {}
