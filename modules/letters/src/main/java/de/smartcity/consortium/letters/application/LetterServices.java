package de.smartcity.consortium.letters.application;

import de.smartcity.consortium.consortium.Languages;
import de.smartcity.consortium.files.FileClaims;
import de.smartcity.consortium.files.FileImport;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.kernel.AccountNames;
import de.smartcity.consortium.kernel.ConsortiumZone;
import de.smartcity.consortium.kernel.PartnerDirectory;
import de.smartcity.consortium.letters.application.ShownEdition.ShownParty;
import de.smartcity.consortium.letters.model.Letters;
import de.smartcity.consortium.letters.model.OfferedEditions;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.PartnerLookup;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryTemplate;

/** The module's services. */
@Configuration(proxyBeanMethods = false)
class LetterServices {

    @Bean
    TypeTable<ShownParty> editionPartyTable() {
        return LetterTable.partyTable();
    }

    @Bean
    TypeTable<ShownEdition> editionTable(TypeTable<ShownParty> editionPartyTable) {
        return LetterTable.editionTable(editionPartyTable);
    }

    @Bean
    TypeTable<StoredLetter> letterTable(TypeTable<ShownEdition> editionTable) {
        return LetterTable.table(editionTable);
    }

    @Bean
    LetterReading letterReading(TypeTable<StoredLetter> letterTable, RecordCollections collections, Pages pages) {
        return new LetterReading(letterTable, collections, pages);
    }

    @Bean
    LetterTexts letterTexts(RecordCollections collections) {
        return new LetterTexts(collections);
    }

    @Bean
    LetterInputTexts letterInputTexts(Languages languages) {
        return new LetterInputTexts(languages);
    }

    @Bean
    LetterFiles letterFiles(TypeTable<StoredLetter> letterTable, RecordCollections collections) {
        return new LetterFiles(letterTable, collections);
    }

    @Bean
    EditionChanges editionChanges(LetterTexts texts, FileClaims files) {
        return new EditionChanges(texts, files);
    }

    @Bean
    LetterVerification letterVerification(RecordCollections collections, LetterTexts texts, FileClaims files) {
        return new LetterVerification(collections, texts, files);
    }

    @Bean
    LetterManagement letterManagement(
            Letters letters,
            OfferedEditions offered,
            LetterReading reading,
            LetterTexts texts,
            LetterVerification verification,
            PartnerLookup partners,
            FileClaims files,
            AccountNames names,
            ConsortiumZone zone,
            RetryTemplate staleWrites) {
        return new LetterManagement(
                letters, offered, reading, texts, verification, partners, files, names, zone, staleWrites);
    }

    @Bean
    LetterSetup letterSetup(
            Letters letters,
            OfferedEditions offered,
            PartnerDirectory directory,
            PartnerLookup partners,
            FileImport uploads,
            FileClaims files,
            Languages languages,
            ConsortiumZone zone,
            Clock clock) {
        return new LetterSetup(letters, offered, directory, partners, uploads, files, languages, zone, clock);
    }
}
