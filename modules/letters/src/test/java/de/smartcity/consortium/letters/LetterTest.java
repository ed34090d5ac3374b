package de.smartcity.consortium.letters;

import de.smartcity.consortium.ModuleTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** A test of this module on a MongoDB over the wire, with partners, and letters among them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ModuleTest
@Import(LetterSetup.class)
@interface LetterTest {}
