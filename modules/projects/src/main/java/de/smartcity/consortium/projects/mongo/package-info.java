/**
 * The collections of joint projects and the indexes that serve their queries.
 */
@NullMarked
package de.smartcity.consortium.projects.mongo;

import org.jspecify.annotations.NullMarked;
