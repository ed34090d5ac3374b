package de.smartcity.consortium.endtoend;

import de.smartcity.consortium.ConsortiumApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test of the whole service. All of them share one deployment, so a test must restore the partners that it changes. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ConsortiumApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        // Beside other builds, single requests may take seconds. Filters are made before a registrar is asked, so this
        // cannot be in the deployment.
        properties = "consortium.limits.deadline=30s")
@Import(Deployment.class)
@interface EndToEnd {}
