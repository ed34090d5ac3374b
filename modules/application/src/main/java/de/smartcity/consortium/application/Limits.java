package de.smartcity.consortium.application;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code consortium.limits}.
 *
 * @param requestSize the most of a request's body
 */
@ConfigurationProperties("consortium.limits")
record Limits(@DefaultValue("512KB") DataSize requestSize) {}
