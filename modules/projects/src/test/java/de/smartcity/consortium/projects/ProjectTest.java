package de.smartcity.consortium.projects;

import de.smartcity.consortium.ModuleTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** A test of this module on a MongoDB over the wire, with partners, a small vocabulary, and projects through the schema. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ModuleTest
@Import(ProjectSetup.class)
@interface ProjectTest {}
