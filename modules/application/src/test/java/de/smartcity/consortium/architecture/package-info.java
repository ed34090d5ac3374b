/** What the code's layout promises. */
@NullMarked
package de.smartcity.consortium.architecture;

import org.jspecify.annotations.NullMarked;
