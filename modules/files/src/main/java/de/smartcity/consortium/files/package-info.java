/** Uploaded documents that prove something, such as a signed letter; each is visible through the object that shows it. */
@NullMarked
package de.smartcity.consortium.files;

import org.jspecify.annotations.NullMarked;
