/** Uploads and downloads beside GraphQL. */
@NullMarked
package de.smartcity.consortium.files.http;

import org.jspecify.annotations.NullMarked;
