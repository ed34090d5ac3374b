package de.smartcity.consortium.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ClassUtils;

/** Puts the {@link IndexJudge} behind every Spring test that has this module on its class path: a test class fails where its commands are not served. */
public final class JudgedTests implements TestExecutionListener, ContextCustomizerFactory {

    private static final String CUSTOMIZER =
            "org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer";

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return ClassUtils.isPresent(CUSTOMIZER, testClass.getClassLoader()) ? Judged.INSTANCE : null;
    }

    @Override
    public void afterTestClass(TestContext test) {
        var complaints = IndexJudge.ofThisProcess().takeComplaints();
        if (!complaints.isEmpty()) {
            throw new AssertionError(String.join("\n", complaints));
        }
    }

    private enum Judged implements ContextCustomizer {
        INSTANCE;

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            MongoClientSettingsBuilderCustomizer judged =
                    settings -> settings.addCommandListener(IndexJudge.ofThisProcess());
            context.getBeanFactory().registerSingleton("indexJudge", judged);
        }
    }
}
