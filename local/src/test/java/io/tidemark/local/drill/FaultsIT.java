package io.tidemark.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.local.publish.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Every fault there is, on the real cluster under load, some to a life of it; each ends with every
 * message in the balance and every row equal to the bit. Two lives at a time: most of a life is
 * waiting. It needs all that faults need: root, {@code strace}, {@code libfaketime}, cgroups of
 * version 1.
 */
@Tag("faults")
class FaultsIT {
    private static final long SEED = 20261121;

    @TempDir Path data;

    static Stream<Arguments> lives() {
        return Stream.of(
                life(
                        "processes",
                        Fault.KILL_TASK_MANAGER,
                        Fault.KILL_JOB_MANAGER,
                        Fault.PAUSE_TASK_MANAGER,
                        Fault.PAUSE_TASK_MANAGER_SHORTLY,
                        Fault.KILL_TASK_MANAGERS_IN_A_ROW,
                        Fault.KILL_CLUSTER,
                        Fault.TORN_CHECKPOINT,
                        Fault.RELEASE_TAKEN_BACK,
                        Fault.DELIVERY_LIMIT,
                        Fault.KILL_EVERYTHING),
                life(
                        "broker and network",
                        Fault.KILL_BROKER,
                        Fault.STOP_BROKER,
                        Fault.CUT_CONNECTIONS,
                        Fault.CUT_CONNECTIONS_AGAIN_AND_AGAIN,
                        Fault.DELETE_QUEUE,
                        Fault.FREEZE_BROKER,
                        Fault.MEMORY_ALARM,
                        Fault.DISK_ALARM,
                        Fault.CUT_TO_BROKER,
                        Fault.CUT_FROM_BROKER,
                        Fault.ZOMBIE_CONNECTIONS,
                        Fault.SLOW_LINKS,
                        Fault.LOSSY_LINKS,
                        Fault.CONSUMER_TIMEOUT),
                life(
                        "database, directories and messages",
                        Fault.KILL_DATABASE,
                        Fault.DATABASE_AWAY,
                        Fault.TERMINATE_SESSIONS,
                        Fault.LOCK_TABLE,
                        Fault.SLOW_DATABASE,
                        Fault.CUT_DATABASE,
                        Fault.CHECKPOINTS_UNWRITABLE,
                        Fault.ARCHIVE_UNWRITABLE,
                        Fault.POISON,
                        Fault.POISON_FLOOD,
                        Fault.DUPLICATE_FLOOD,
                        Fault.QUIET_SYMBOLS,
                        Fault.SILENCE),
                life(
                        "disks and what else a process needs",
                        Fault.CHECKPOINT_DISK_FULL,
                        Fault.ARCHIVE_DISK_FULL,
                        Fault.LOG_DISK_FULL,
                        Fault.LOCAL_DISK_READ_ONLY,
                        Fault.SYNC_FAILS,
                        Fault.STARVE_TASK_MANAGER,
                        Fault.OUT_OF_FILE_HANDLES,
                        Fault.SKEWED_CLOCK,
                        Fault.OUT_OF_MEMORY));
    }

    private static Arguments life(String name, Fault... faults) {
        return Arguments.of(name, List.of(faults));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    @Execution(ExecutionMode.CONCURRENT)
    void balances(String name, List<Fault> faults) throws Exception {
        Assumptions.assumeTrue(DrillBroker.isInstalled(), "there is no rabbitmq-server to kill");
        DrillReport report =
                Drill.run(
                        DrillSettings.of(
                                Path.of("..").toAbsolutePath().normalize(),
                                data,
                                400,
                                List.of("BTCUSDT", "ETHUSDT", "SOLUSDT"),
                                faults,
                                SEED),
                        (what, fraction) -> {},
                        new StopSignal());
        LoggerFactory.getLogger(FaultsIT.class).info("{}\n{}", name, report.text());
        assertThat(report.passed()).as(name + "\n" + report.text()).isTrue();
        assertThat(report.faults()).hasSameSizeAs(faults);
    }

    @Test
    void noFaultIsForgotten() {
        assertThat(
                        lives().flatMap(life -> ((List<?>) life.get()[1]).stream())
                                .map(Fault.class::cast))
                .containsExactlyInAnyOrder(Fault.values());
    }
}
