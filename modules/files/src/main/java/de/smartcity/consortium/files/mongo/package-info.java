/** Storage of files and their bytes. */
@NullMarked
package de.smartcity.consortium.files.mongo;

import org.jspecify.annotations.NullMarked;
