/**
 * The event log: publishes each aggregate's waiting events exactly once, in order, and shows who did what and when.
 */
@NullMarked
package de.smartcity.consortium.activity;

import org.jspecify.annotations.NullMarked;
