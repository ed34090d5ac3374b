package de.smartcity.consortium.graphql;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test of this module with a small capability, without a database. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = GraphQlApplication.class,
        properties = {
            "spring.graphql.schema.locations=classpath*:graphql/",
            "consortium.limits.depth=8",
            "consortium.limits.fields=60"
        })
@Import(Api.class)
@interface GraphQlTest {}
