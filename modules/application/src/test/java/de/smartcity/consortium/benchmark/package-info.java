/** What stands between a request and the database: the service against a bare handler. Run by hand; CONTRIBUTING.md says how. */
@NullMarked
package de.smartcity.consortium.benchmark;

import org.jspecify.annotations.NullMarked;
