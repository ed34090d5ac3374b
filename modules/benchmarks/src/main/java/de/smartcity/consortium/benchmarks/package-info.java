/**
 * What stands between a request and the database: the service against a bare handler. Not in the default build; CONTRIBUTING.md says how to
 * run it.
 */
@NullMarked
package de.smartcity.consortium.benchmarks;

import org.jspecify.annotations.NullMarked;
