/**
 * The event log: publishes each aggregate's waiting events exactly once, in order, feeds handlers with them, and shows each reader what concerns it.
 * Also runs the jobs that become due by time.
 */
@NullMarked
package de.smartcity.consortium.activity;

import org.jspecify.annotations.NullMarked;
