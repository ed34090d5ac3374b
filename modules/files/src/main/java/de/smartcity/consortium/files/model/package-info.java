/** The uploaded file, its rules and permissions. */
@NullMarked
package de.smartcity.consortium.files.model;

import org.jspecify.annotations.NullMarked;
