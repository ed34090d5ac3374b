package de.smartcity.consortium.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoOperationTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.mongodb.UncategorizedMongoDbException;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what is printed")
class FailuresTest {

    private static void warn(RuntimeException failure) {
        Failures.warn(LoggerFactory.getLogger(FailuresTest.class), failure, "The job {} failed for {}", "test", 7);
    }

    @Test
    void anOutageIsOneLine(CapturedOutput output) {
        warn(new UncategorizedMongoDbException("late", new MongoOperationTimeoutException("too late")));

        assertThat(output.getAll())
                .contains("The job test failed for 7; the database cannot be reached: "
                        + UncategorizedMongoDbException.class.getName() + ": late")
                .doesNotContain("\tat ");
    }

    @Test
    void aDefectHasItsStackTrace(CapturedOutput output) {
        warn(new IllegalStateException("broken"));

        assertThat(output.getAll())
                .contains(
                        "The job test failed for 7",
                        "IllegalStateException: broken",
                        "\tat " + FailuresTest.class.getName())
                .doesNotContain("cannot be reached");
    }
}
