/**
 * How values are stored, indexes declared and documents decoded straight into records. Knows no capability.
 */
@NullMarked
package de.smartcity.consortium.mongo;

import org.jspecify.annotations.NullMarked;
