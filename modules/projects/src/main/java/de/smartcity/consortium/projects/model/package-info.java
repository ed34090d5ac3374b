/**
 * The model of joint projects: the aggregate with its members, phases and gates, and who may see and change it.
 */
@NullMarked
package de.smartcity.consortium.projects.model;

import org.jspecify.annotations.NullMarked;
