package de.smartcity.consortium.application;

import de.smartcity.consortium.mongo.MigrationProgress;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** The progress of migrations; part of readiness. */
@Component
class MigrationHealthIndicator extends AbstractHealthIndicator {

    private final MigrationProgress progress;

    MigrationHealthIndicator(MigrationProgress progress) {
        this.progress = progress;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var now = progress.snapshot();
        builder.withDetail("state", now.state())
                .withDetail("migration", now.number() + " of " + now.count())
                .withDetail("name", now.name())
                .withDetail("documents", now.documents());
        switch (now.state()) {
            case DONE -> builder.up();
            case FAILED -> builder.down();
            case WAITING, RUNNING -> builder.outOfService();
        }
    }
}
