package io.tidemark.local.drill;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.event.EventType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short drill, for every build: what fails most often, and what fails most badly. */
class DrillIT {
    @TempDir Path data;

    @Test
    void balances() throws Exception {
        Assumptions.assumeTrue(DrillBroker.isInstalled(), "there is no rabbitmq-server to kill");
        DrillReport report =
                Drill.run(
                        DrillSettings.of(
                                Path.of("..").toAbsolutePath().normalize(),
                                data,
                                400,
                                List.of("BTCUSDT", "ETHUSDT", "SOLUSDT"),
                                List.of(
                                        Fault.KILL_TASK_MANAGER,
                                        Fault.KILL_BROKER,
                                        Fault.POISON,
                                        Fault.TERMINATE_SESSIONS,
                                        Fault.ZOMBIE_CONNECTIONS),
                                20261121),
                        (what, fraction) -> {},
                        new StopSignal());
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.faults()).hasSize(5);
        FateCounts trades = requireNonNull(report.lines().get(EventType.TRADE)).ledger();
        assertThat(trades.accepted()).isPositive();
        assertThat(trades.duplicate()).isPositive();
        assertThat(trades.late()).isPositive();
    }
}
