/**
 * The words that every capability shares: typed ids, who is acting, who may see, roles and rule violations. Plain Java.
 */
@NullMarked
package de.smartcity.consortium.kernel;

import org.jspecify.annotations.NullMarked;
