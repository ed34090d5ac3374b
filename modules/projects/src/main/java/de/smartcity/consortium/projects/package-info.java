/**
 * Joint projects: who is in, where they stand, and who consents for a member.
 */
@NullMarked
package de.smartcity.consortium.projects;

import org.jspecify.annotations.NullMarked;
