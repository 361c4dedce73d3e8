package io.tidemark.local.cli;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.replay.Parity;
import io.tidemark.job.replay.Replay;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.job.replay.ReplayRequest;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares the rows that were served with those the archive gives. */
@Command(
        name = "parity",
        mixinStandardHelpOptions = true,
        description = {
            "Replay a span as served and compare with the feature archive, in every bit: counts, the first"
                    + " difference, and exit code 1 when there is one. Without --from, rows before the"
                    + " first served one are not compared."
        })
final class ParityCommand implements Callable<Integer> {
    @Mixin SpanOptions span = new SpanOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("tidemark-parity-");
        try {
            ReplayRequest asked =
                    span.request(Map.of("replay.out", work.toString(), "replay.view", "as-served"));
            Replay replay = Replay.of(asked, span.parallelism);
            // The span as it was fitted: after the archive's end nothing is to be compared.
            ReplayRequest request = replay.request();
            PrintStream screen = System.out;
            StopSignal stop = new StopSignal();
            Interruption.gives(stop);
            Optional<ReplayCounts> done = ReplayCommand.run(replay, span.parallelism, stop, screen);
            if (done.isEmpty()) {
                return Tidemark.INTERRUPTED;
            }
            screen.println(ReplayCommand.summary(done.get()));
            Parity parity =
                    Parity.of(
                            rows(request, request.archiveRoot()),
                            rows(request, request.outRoot()),
                            request.registry().compile().names(),
                            span.from == null);
            parity.lines().forEach(screen::println);
            return parity.holds() ? 0 : Tidemark.FAILED;
        } finally {
            delete(work);
        }
    }

    private static FeatureRows rows(ReplayRequest request, String root) throws IOException {
        FeatureSet features = request.registry().compile();
        return FeatureRows.in(
                new org.apache.flink.core.fs.Path(root),
                features.version(),
                features.names(),
                SymbolChoice.of(Set.copyOf(request.symbols())),
                request.fromMicros(),
                request.toMicros());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
