package de.smartcity.consortium.partners;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** A test of this module with its own database on a MongoDB server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = PartnersApplication.class, properties = "spring.graphql.schema.locations=classpath*:graphql/")
@Import(PartnerFixtures.class)
@DirtiesContext
public @interface PartnersTest {}
