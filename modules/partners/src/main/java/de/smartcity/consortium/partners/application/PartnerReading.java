package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.PageRequest;
import de.smartcity.consortium.graphql.Pages;
import de.smartcity.consortium.graphql.Selection;
import de.smartcity.consortium.graphql.TypeReading;
import de.smartcity.consortium.graphql.TypeTable;
import de.smartcity.consortium.graphql.View;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.Forbidden;
import de.smartcity.consortium.kernel.PartnerAlias;
import de.smartcity.consortium.kernel.PartnerId;
import de.smartcity.consortium.mongo.RecordCollections;
import de.smartcity.consortium.partners.model.Contact;
import de.smartcity.consortium.partners.model.ContactId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers questions about partners; what the actor may not see is in no answer. */
public class PartnerReading {

    /** The collection of partners. */
    public static final String PARTNERS = "partners";

    private final TypeReading<StoredPartner> partners;

    PartnerReading(TypeTable<StoredPartner> table, RecordCollections collections, Pages pages) {
        this.partners = pages.of(table, collections.of(PARTNERS, StoredPartner.class));
    }

    /**
     * A page of the partners that the actor may see.
     *
     * @throws Forbidden for a filter or order by what is hidden from the actor
     * @throws BadRequest for a text that is too long, or a cursor of another list
     */
    public Connection<View<StoredPartner>> page(
            PartnerQuery query, PageRequest page, Actor actor, Selection selection) {
        return partners.list(PARTNERS, actor)
                .facet("kind", values(query.kinds(), Enum::name))
                .facet("status", values(query.statuses(), Enum::name))
                .facet("areas", values(query.areas(), AreaCode::value))
                .facet(
                        "identifiers",
                        query.identifier() == null
                                ? null
                                : List.of(query.identifier().key()))
                .text(Set.of("name", "summary"), query.text())
                .page(query.order().field(), query.order().field(), query.descending(), page, selection);
    }

    private static <T> @Nullable Collection<String> values(@Nullable Set<T> wanted, Function<T, String> value) {
        return wanted == null ? null : wanted.stream().map(value).toList();
    }

    /** The partner with this alias, where the actor may see it and its alias. @throws Forbidden for an actor that sees no aliases */
    public Optional<View<StoredPartner>> findByAlias(PartnerAlias alias, Actor actor, Selection selection) {
        return partners.findBy("alias", "alias", alias, actor, selection);
    }

    /** Those of these partners that the actor may see. */
    public Map<PartnerId, View<StoredPartner>> find(Collection<PartnerId> ids, Actor actor, Selection selection) {
        return partners.find("_id", ids, StoredPartner::id, actor, selection);
    }

    /** These partners as a visible object refers to them: id, name and kind even of one that is hidden otherwise. */
    public Map<PartnerId, View<StoredPartner>> findReferred(
            Collection<PartnerId> ids, Actor actor, Selection selection) {
        return partners.findReferred(ids, StoredPartner::id, actor, selection);
    }

    /** Those of these contacts that the actor may see. */
    public Map<ContactId, Contact> findContacts(Collection<ContactId> ids, Actor actor) {
        var found = new HashMap<ContactId, Contact>();
        partners.<Contact>parts("contacts", "contacts._id", ids, actor).forEach(contact -> {
            if (ids.contains(contact.id())) {
                found.put(contact.id(), contact);
            }
        });
        return found;
    }
}
