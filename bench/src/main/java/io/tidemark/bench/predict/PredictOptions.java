package io.tidemark.bench.predict;

import java.util.List;
import picocli.CommandLine.Option;

/** What a run of the prediction load may vary. */
final class PredictOptions {
    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "500,1000,3000",
            description = "requests a second, one stretch each")
    List<Integer> rates = List.of();

    @Option(names = "--symbols", defaultValue = "50", description = "how many are asked for")
    int symbols;

    @Option(
            names = "--no-feed",
            description = "features.live says nothing: every row is looked up in the store")
    boolean noFeed;

    @Option(names = "--features", defaultValue = "40", description = "the model is told")
    int features;

    @Option(
            names = "--rows",
            defaultValue = "4000",
            description = "the model is fitted on; more make its trees bushier")
    int rows;

    @Option(names = "--models", defaultValue = "5", description = "versions loaded at the end")
    int models;

    @Option(
            names = "--connections",
            defaultValue = "32",
            description = "of the client; a request that finds none free waits, and that counts")
    int connections;

    @Option(
            names = "--warm-up-s",
            defaultValue = "20",
            description = "seconds of the largest rate, not measured")
    int warmUpSeconds;

    @Option(names = "--measure-s", defaultValue = "30", description = "seconds of each stretch")
    int measureSeconds;

    @Option(names = "--batch-rows", defaultValue = "1000", description = "items of a batch")
    int batchRows;

    @Option(names = "--batches-per-s", defaultValue = "10", description = "while batches are sent")
    int batchRate;

    @Option(names = "--heap", defaultValue = "256m", description = "of the server, at most")
    String heap = "";

    @Option(names = "--server", description = "further setting of the server, key=value")
    String[] serverSettings = {};

    @Option(names = "--jvm", description = "further flag of the server's JVM")
    String[] serverFlags = {};

    /** Symbols that are told on features.live. */
    int fed() {
        return noFeed ? 0 : symbols;
    }

    int largestRate() {
        return rates.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }
}
