/**
 * How values are stored, indexes declared, documents decoded straight into records and leases held. Knows no capability.
 */
@NullMarked
package de.smartcity.consortium.mongo;

import org.jspecify.annotations.NullMarked;
