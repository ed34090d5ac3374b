/** Tests of the code's structure. */
@NullMarked
package de.smartcity.consortium.architecture;

import org.jspecify.annotations.NullMarked;
