package de.smartcity.consortium.application;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code consortium.limits}.
 *
 * @param requestSize the maximum size of a request's body
 */
@ConfigurationProperties("consortium.limits")
record RequestLimits(@DefaultValue("512KB") DataSize requestSize) {}
