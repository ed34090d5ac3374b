package de.smartcity.consortium.application;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code consortium.limits}: what a request may ask for.
 *
 * @param requestSize of its body
 * @param depth of fields below each other
 * @param fields in all, each time that a fragment or an alias repeats one counted
 */
@ConfigurationProperties("consortium.limits")
record Limits(
        @DefaultValue("512KB") DataSize requestSize,
        @DefaultValue("15") int depth,
        @DefaultValue("1000") int fields) {}
