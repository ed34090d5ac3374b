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

/** Adds the {@link IndexJudge} to every Spring test that has this module on its class path; a test class with a command that no index serves fails. */
public final class IndexJudgeListener implements TestExecutionListener, ContextCustomizerFactory {

    private static final String CUSTOMIZER =
            "org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer";

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return ClassUtils.isPresent(CUSTOMIZER, testClass.getClassLoader()) ? JudgeCustomizer.INSTANCE : null;
    }

    @Override
    public void afterTestClass(TestContext test) {
        var problems = IndexJudge.ofThisProcess().takeProblems();
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }

    private enum JudgeCustomizer implements ContextCustomizer {
        INSTANCE;

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            MongoClientSettingsBuilderCustomizer listener =
                    settings -> settings.addCommandListener(IndexJudge.ofThisProcess());
            context.getBeanFactory().registerSingleton("indexJudge", listener);
        }
    }
}
