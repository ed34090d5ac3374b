/**
 * Compares the service with a bare handler of the same queries. Not in the default build; CONTRIBUTING.md says how to run it.
 */
@NullMarked
package de.smartcity.consortium.benchmarks;

import org.jspecify.annotations.NullMarked;
