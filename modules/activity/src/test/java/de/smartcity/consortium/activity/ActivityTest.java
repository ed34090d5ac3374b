package de.smartcity.consortium.activity;

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
@SpringBootTest(
        classes = ActivityApplication.class,
        properties = {"spring.graphql.schema.locations=classpath*:graphql/", "consortium.cursor-keys=key"})
@Import(Things.class)
@DirtiesContext
@interface ActivityTest {}
