package de.smartcity.consortium.partners.mongo;

import de.smartcity.consortium.activity.EventSource;
import de.smartcity.consortium.graphql.TaskSource;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.mongo.CollectionIndexes;
import de.smartcity.consortium.mongo.DerivedPaths;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.mongo.StoredValues;
import de.smartcity.consortium.partners.application.PartnerReading;
import de.smartcity.consortium.partners.application.StoredPartner;
import de.smartcity.consortium.partners.model.ContactId;
import de.smartcity.consortium.partners.model.Partner;
import de.smartcity.consortium.partners.model.PartnerEvent;
import de.smartcity.consortium.partners.model.PartnerTask;
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
    EventSource partnerEvents(TypeTable<StoredPartner> partnerTable) {
        return EventSource.of(PartnerReading.PARTNERS, Partner.class, PartnerEvent.class, partnerTable)
                .reasonsVisibleAs("statusReason");
    }

    @Bean
    TaskSource partnerTasks(TypeTable<StoredPartner> partnerTable, RecordCollections collections) {
        return TaskSource.of(PartnerReading.PARTNERS, PartnerTask.class, partnerTable, collections);
    }

    @Bean
    CollectionIndexes partnerIndexes() {
        var name = DerivedPaths.sort("name");
        var memberSince = DerivedPaths.sort("memberSince");
        return CollectionIndexes.of(PartnerReading.PARTNERS)
                .unique("alias")
                .on("aliasBeforeDrop")
                .on("droppedAt")
                .uniqueWherePresent("organisation")
                .on("contacts._id")
                .on(EventSource.WAITING_SINCE)
                .on(EventSource.SET_ASIDE_SINCE)
                .on(DerivedPaths.TASK_HOLDERS)
                .on(DerivedPaths.AUDIENCE, name)
                .on(DerivedPaths.AUDIENCE, memberSince)
                .on(DerivedPaths.FACETS, name)
                .on(DerivedPaths.FACETS, memberSince)
                .on(DerivedPaths.SEARCH, name)
                .on(DerivedPaths.SEARCH, memberSince)
                .obsolete("audience.tokens_1_sort.name_1")
                .obsolete("audience.tokens_1_sort.memberSince_1")
                .obsolete("search_1_sort.name_1")
                .obsolete("identifierKeys_1_sort.name_1")
                .obsolete("derived.search_1_derived.sort.name_1")
                .obsolete("derived.search_1_derived.sort.memberSince_1");
    }
}
