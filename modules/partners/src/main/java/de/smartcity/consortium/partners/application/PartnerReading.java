package de.smartcity.consortium.partners.application;

import de.smartcity.consortium.consortium.AreaCode;
import de.smartcity.consortium.graphql.BadRequest;
import de.smartcity.consortium.graphql.Connection;
import de.smartcity.consortium.graphql.OrderDirection;
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
import de.smartcity.consortium.partners.model.ExternalIdentifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads partners as an actor sees them. */
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
     * @throws Forbidden for a filter or order by a field that is hidden from the actor
     * @throws BadRequest for a text that is too long, or a cursor of another list
     */
    public Connection<View<StoredPartner>> page(
            @Nullable PartnerFilter filter,
            @Nullable PartnerOrder orderBy,
            PageRequest page,
            Actor actor,
            Selection selection) {
        var which = Objects.requireNonNullElse(filter, PartnerFilter.NONE);
        var order = Objects.requireNonNullElse(orderBy, PartnerOrder.BY_NAME);
        var identifiers = which.identifier() == null ? null : List.of(which.identifier());
        return partners.list(PARTNERS, actor)
                .facet("kind", which.kinds(), Enum::name)
                .facet("status", which.statuses(), Enum::name)
                .facet(
                        "identifiers",
                        identifiers,
                        given -> ExternalIdentifier.parse(given.type(), given.value(), true)
                                .key())
                .facet("areas", which.areas(), given -> AreaCode.parse(given).value())
                .text(Set.of("name", "summary"), which.text())
                .page(order.field().name, order.direction() == OrderDirection.DESC, page, selection);
    }

    /** The partner with this alias, where the actor may see it and its alias. @throws Forbidden for an actor that sees no aliases */
    public Optional<View<StoredPartner>> findByAlias(String alias, Actor actor, Selection selection) {
        return partners.findBy("alias", "alias", () -> PartnerAlias.parse(alias), actor, selection);
    }

    /** The partners among these that the actor may see. */
    public Map<PartnerId, View<StoredPartner>> find(Collection<PartnerId> ids, Actor actor, Selection selection) {
        return partners.find("_id", ids, StoredPartner::id, actor, selection);
    }

    /** These partners as visible objects refer to them: id, name and kind even of a hidden partner. */
    public Map<PartnerId, View<StoredPartner>> findReferred(
            Collection<PartnerId> ids, Actor actor, Selection selection) {
        return partners.findReferred(ids, StoredPartner::id, actor, selection);
    }

    /** The contacts among these that the actor may see. */
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
