/** The schema's type of files. */
@NullMarked
package de.smartcity.consortium.files.graphql;

import org.jspecify.annotations.NullMarked;
