/**
 * How values are stored, indexes declared, documents decoded straight into records, stored data migrated and leases held. Knows no
 * capability.
 */
@NullMarked
package de.smartcity.consortium.mongo;

import org.jspecify.annotations.NullMarked;
