package de.smartcity.consortium.partners.mongo;

import de.smartcity.consortium.activity.OutboxSource;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.StoredValues;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.model.ContactId;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The collection {@code partners}. */
@Configuration(proxyBeanMethods = false)
class PartnerCollections {

    @Bean
    static StoredValues partnerValues() {
        return new StoredValues(List.of(ContactId.class));
    }

    @Bean
    OutboxSource partnerOutbox() {
        return new OutboxSource(PartnerReading.PARTNERS);
    }

    @Bean
    CollectionIndexes partnerIndexes() {
        var name = DerivedPaths.sort("name");
        var memberSince = DerivedPaths.sort("memberSince");
        return CollectionIndexes.of(PartnerReading.PARTNERS)
                .unique("alias")
                .on("aliasBeforeDrop")
                .uniqueWherePresent("organisation")
                .on("contacts._id")
                .on(OutboxSource.WAITING_SINCE)
                .on(DerivedPaths.AUDIENCE, name)
                .on(DerivedPaths.AUDIENCE, memberSince)
                .on(DerivedPaths.FACETS, name)
                .on(DerivedPaths.FACETS, memberSince)
                .on(DerivedPaths.SEARCH, name)
                .on(DerivedPaths.SEARCH, memberSince)
                .obsolete("audience.tokens_1_sort.name_1")
                .obsolete("audience.tokens_1_sort.memberSince_1")
                .obsolete("search_1_sort.name_1")
                .obsolete("identifierKeys_1_sort.name_1");
    }
}
