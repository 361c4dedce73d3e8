package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.replay.Parity;
import io.tidemark.job.replay.Replay;
import io.tidemark.job.replay.ReplayRequest;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.replay.LocalReplay;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job served of a market, and what its archive gives when replayed: in every bit. */
class ParityIT {
    private static final FeatureSet FEATURES = FeatureSet.builtIn("1.0.0");

    @TempDir Path data;
    private RealPlatform platform;

    @BeforeEach
    void start() throws Exception {
        platform = RealPlatform.orSkip(data, RealPlatform.OF_RECORDINGS, 2, Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void ofBybit() throws Exception {
        servedIsReplayed(
                platform.publish(
                        "1_ws_capture/bybit_v5/split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz"));
    }

    @Test
    void ofBinance() throws Exception {
        servedIsReplayed(
                platform.publish(
                        "1_ws_capture/binance_hftbacktest/usdm_btcusdt_20240718.gz",
                        "1_ws_capture/binance_hftbacktest/usdm_btcusdt_20240719.gz"));
    }

    @Test
    void ofTheSimulator() throws Exception {
        SimulatedLoad load = SimulatedLoad.start(platform.parts().connection(), 400, 7);
        // As long as the market runs: there is nothing else to wait for.
        Thread.sleep(75_000);
        servedIsReplayed(load.stop());
    }

    private void servedIsReplayed(long events) throws Exception {
        Archive archive = new Archive(data.resolve("archive"));
        Until.holds(
                events + " events in the archive",
                Duration.ofMinutes(2),
                () -> archive.count("raw") >= events);
        for (int parallelism : new int[] {1, 2}) {
            for (Duration slice :
                    List.of(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofMinutes(1))) {
                Parity parity = parity(parallelism, slice);
                assertThat(parity.holds())
                        .as("%d tasks, slices of %s: %s", parallelism, slice, parity.lines())
                        .isTrue();
            }
        }
    }

    private Parity parity(int parallelism, Duration slice) throws Exception {
        Path out = data.resolve("replay-" + parallelism + "-" + slice);
        Replay replay =
                Replay.of(
                        new ReplayRequest(
                                data.resolve("archive").toString(),
                                out.toString(),
                                0,
                                Long.MAX_VALUE / 4,
                                List.of(),
                                Registry.of(BuiltInRegistries.yaml("1.0.0"), Optional.empty()),
                                RawView.AS_SERVED,
                                slice.toNanos() / 1_000),
                        parallelism);
        assertThat(
                        LocalReplay.run(
                                replay,
                                parallelism,
                                new StopSignal(),
                                (fraction, seconds, counts) -> {}))
                .isPresent();
        return Parity.of(
                rows(data.resolve("archive"), replay.request()),
                rows(out, replay.request()),
                FEATURES.names(),
                false);
    }

    private static FeatureRows rows(Path root, ReplayRequest request) throws IOException {
        return FeatureRows.in(
                new org.apache.flink.core.fs.Path(root.toString()),
                FEATURES.version(),
                FEATURES.names(),
                SymbolChoice.ALL,
                request.fromMicros(),
                request.toMicros());
    }
}
