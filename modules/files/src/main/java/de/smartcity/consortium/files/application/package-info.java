/** Uploads, reads, claims and removes files. */
@NullMarked
package de.smartcity.consortium.files.application;

import org.jspecify.annotations.NullMarked;
