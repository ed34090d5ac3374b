package de.smartcity.consortium;

import de.smartcity.consortium.partners.PartnerFixtures;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** A test of a module on a MongoDB over the wire, with a database of its own and partners. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = ModuleApplication.class, properties = "spring.graphql.schema.locations=classpath*:graphql/")
@Import(PartnerFixtures.class)
@DirtiesContext
public @interface ModuleTest {}
