/**
 * Stored values, indexes, documents decoded into records, migrations and leases. Depends on no capability.
 */
@NullMarked
package de.smartcity.consortium.mongo;

import org.jspecify.annotations.NullMarked;
