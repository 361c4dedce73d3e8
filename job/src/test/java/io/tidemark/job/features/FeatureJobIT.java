package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.wire.FeatureMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole topology with all its ends: real RabbitMQ in and out, real PostgreSQL, Parquet on disk.
 */
class FeatureJobIT {
    private static final int SECONDS = 12;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path archive;
    private JobFixture fixture;

    @BeforeEach
    void connect() throws Exception {
        fixture = new JobFixture(archive, "it-" + UUID.randomUUID() + ".");
    }

    @AfterEach
    void clean() throws Exception {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void whatIsPublishedIsServedArchivedAndPublishedOnceEach() throws Exception {
        List<MarketEvent> events = Events.market(11, 3, SECONDS);
        fixture.emptyLive();
        JobClient job = fixture.submit(Duration.ofSeconds(1), null);
        fixture.publish(events);
        for (MarketEvent again : events.subList(10, 15)) {
            fixture.publish(List.of(again));
        }
        fixture.publishRaw(EventType.TRADE, "{\"no\":\"trade\"");

        Map<String, FeatureRow> expected = JobFixture.reference(events);
        JobFixture.await(() -> fixture.storedRows().keySet().containsAll(expected.keySet()));
        JobFixture.await(() -> fixture.count("raw/*/*/*/*.parquet") == events.size());
        JobFixture.await(() -> fixture.count("rejected/*/*.parquet") == 1);
        JobFixture.await(() -> fixture.count("duplicates/*/*/*/*.parquet") == 5);

        Map<String, FeatureRow> stored = fixture.storedRows();
        for (Map.Entry<String, FeatureRow> one : expected.entrySet()) {
            assertThat(stored.get(one.getKey())).as(one.getKey()).isEqualTo(one.getValue());
        }
        assertThat(fixture.countBy("type", "raw/*/*/*/*.parquet")).isEqualTo(byType(events));
        Map<String, FeatureMessage> live = fixture.liveMessages();
        for (FeatureRow row : expected.values()) {
            assertThat(live)
                    .containsKey(
                            FeatureMessage.messageId(
                                    row.symbol(), row.gridTimeMicros(), row.registryVersion()));
        }
        assertThat(fixture.count("features/*/*/*/*.parquet"))
                .isGreaterThanOrEqualTo(expected.size());
        job.cancel().get();
    }

    /**
     * Activated by hand, as the model server does: the job must see nothing but the database. Time
     * stands still between the parts, so each change is timed within the part that follows.
     */
    @Test
    void anActivatedRegistryMakesTheRowsAfterOneTimeInAllSinksAndThroughASavepoint()
            throws Exception {
        fixture.emptyLive();
        List<MarketEvent> events = Events.market(12, 3, 3 * SECONDS);
        Duration neverQuiet = Duration.ofMinutes(10);
        JobClient job = fixture.submit(neverQuiet, null);
        fixture.publish(part(events, 0));
        JobFixture.await(() -> !fixture.storedRows().isEmpty());

        fixture.activate(2, "1.0.1", "version: 1.0.1");
        JobFixture.await(() -> fixture.effect(2).startsWith("refused"));
        fixture.activate(3, "2.0.0", BuiltInRegistries.yaml("2.0.0"));
        JobFixture.await(() -> fixture.effect(3).startsWith("switched"));
        long first = Long.parseLong(fixture.effect(3).substring("switched ".length()));
        fixture.publish(part(events, 1));
        JobFixture.await(
                () ->
                        fixture.storedRows().values().stream()
                                .anyMatch(row -> row.gridTimeMicros() > first));

        String savepoint =
                job.stopWithSavepoint(
                                false,
                                archive.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        fixture.activate(4, "1.0.0", BuiltInRegistries.yaml("1.0.0"));
        job = fixture.submit(neverQuiet, savepoint);
        JobFixture.await(() -> fixture.effect(4).startsWith("switched"));
        long second = Long.parseLong(fixture.effect(4).substring("switched ".length()));
        fixture.publish(part(events, 2));
        Map<String, FeatureRow> one = JobFixture.reference(events);
        long lastRow = (events.get(events.size() - 1).eventTimeMicros() / 1_000_000) * 1_000_000;
        JobFixture.await(
                () ->
                        fixture.storedRows().values().stream()
                                .anyMatch(row -> row.gridTimeMicros() >= lastRow));

        assertThat(first).isBetween(time(SECONDS - 2), time(2 * SECONDS));
        assertThat(second).isBetween(time(2 * SECONDS - 2), time(3 * SECONDS));
        Map<String, FeatureRow> stored = fixture.storedRows();
        Map<String, Integer> byVersion = new TreeMap<>();
        for (FeatureRow row : stored.values()) {
            boolean isTwo = row.gridTimeMicros() > first && row.gridTimeMicros() <= second;
            assertThat(row.registryVersion()).isEqualTo(isTwo ? "2.0.0" : "1.0.0");
            byVersion.merge(row.registryVersion(), 1, Integer::sum);
            if (row.gridTimeMicros() <= first) {
                assertThat(row).isEqualTo(one.get(row.symbol() + "@" + row.gridTimeMicros()));
            }
        }
        assertThat(stored.keySet())
                .containsAll(
                        one.entrySet().stream()
                                .filter(e -> e.getValue().gridTimeMicros() <= lastRow)
                                .map(Map.Entry::getKey)
                                .toList());
        JobFixture.await(() -> fixture.countBy("registry", "features/*/*/*/*.parquet").size() == 2);
        JobFixture.await(
                () ->
                        fixture.countBy("registry", "features/*/*/*/*.parquet")
                                        .getOrDefault("2.0.0", 0L)
                                == (long) byVersion.getOrDefault("2.0.0", 0));
        Map<String, FeatureMessage> live = fixture.liveMessages();
        for (FeatureRow row : stored.values()) {
            assertThat(live)
                    .containsKey(
                            FeatureMessage.messageId(
                                    row.symbol(), row.gridTimeMicros(), row.registryVersion()));
        }
        job.cancel().get();
    }

    private static long time(int second) {
        return (Events.NOON + second * 1_000L) * 1_000;
    }

    private static List<MarketEvent> part(List<MarketEvent> events, int part) {
        return events.stream()
                .filter(e -> e.eventTimeMicros() >= time(part * SECONDS))
                .filter(e -> e.eventTimeMicros() < time((part + 1) * SECONDS))
                .toList();
    }

    private static Map<String, Long> byType(List<MarketEvent> events) {
        return events.stream()
                .collect(
                        Collectors.groupingBy(
                                e -> e.type().wireName(), TreeMap::new, Collectors.counting()));
    }
}
