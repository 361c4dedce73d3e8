package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.local.capture.Capture;
import io.tidemark.local.demo.Platform;
import io.tidemark.local.flink.EmbeddedFlink;
import io.tidemark.local.flink.FlinkSettings;
import io.tidemark.local.publish.CaptureSource;
import io.tidemark.local.publish.Publication;
import io.tidemark.local.publish.Speed;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.testdata.SharedData;
import io.tidemark.schemas.event.MarketQueues;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import io.tidemark.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The job and the model server in this process, between a real broker and a real database. */
final class RealPlatform implements AutoCloseable {
    /** The recordings begin with snapshots that are up to 3.2 s older than what follows. */
    static final Map<String, String> OF_RECORDINGS =
            Map.of("source.lateness", "5s", "source.quiet-after", "10s");

    private final RealParts parts;
    private final Platform platform;

    private RealPlatform(RealParts parts, Platform platform) {
        this.parts = parts;
        this.platform = platform;
    }

    /**
     * Starts it; skips the test where no broker and database are named.
     *
     * @param data of this test: archive and checkpoints
     * @param more settings beside those of the parts
     */
    static RealPlatform orSkip(
            Path data, Map<String, String> more, int parallelism, Duration checkpoints)
            throws Exception {
        RealParts parts = RealParts.orSkip();
        try {
            Map<String, String> settings = parts.settings(data);
            settings.putAll(more);
            SettingsReader reader =
                    new SettingsReader(SettingsSource.builder().flags(settings).build());
            FeatureJobSettings job = FeatureJobSettings.from(reader);
            ServerSettings server = ServerSettings.read(reader);
            reader.throwIfInvalid();
            FlinkSettings flink =
                    new FlinkSettings(data.resolve("flink"), 0, parallelism, checkpoints);
            return new RealPlatform(parts, Platform.start(flink, job, server));
        } catch (Exception e) {
            parts.close();
            throw e;
        }
    }

    RealParts parts() {
        return parts;
    }

    EmbeddedFlink flink() {
        return platform.flink();
    }

    /** Publishes recordings as fast as the broker takes them; answers how many messages. */
    long publish(String... files) throws Exception {
        Capture capture =
                Capture.of(
                        Arrays.stream(files).map(SharedData::path).toList(),
                        Optional.empty(),
                        false);
        try (CaptureSource source = new CaptureSource(capture, Optional.empty())) {
            Publication.Progress end =
                    new Publication(
                                    source,
                                    MarketQueues.GATEWAY,
                                    Speed.MAX,
                                    20_000,
                                    new StopSignal(),
                                    progress -> {})
                            .run(parts.connection());
            assertThat(end.confirmed()).isEqualTo(end.published());
            return end.published();
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        platform.close();
        parts.close();
    }
}
