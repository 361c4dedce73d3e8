package io.tidemark.local.cli;

import io.tidemark.job.dataset.DatasetSettings;
import io.tidemark.job.dataset.Manifest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a dataset like another, split otherwise. */
@Command(
        name = "resplit",
        mixinStandardHelpOptions = true,
        description = {
            "Build a dataset from the request and the registry of another one with some of it changed:"
                    + " the split, or anything else of the dataset's settings. The other one stays."
        })
final class DatasetResplitCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The dataset that is there.")
    String other = "";

    @Parameters(index = "1", paramLabel = "NEW-ID", description = "The id of the new one.")
    String id = "";

    @Option(
            names = "--change",
            paramLabel = "KEY=VALUE",
            description = "What is otherwise, such as split=purged_k_fold or k=4; may come often.")
    Map<String, String> change = new HashMap<>();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks (default: as many as processors).")
    int parallelism = Runtime.getRuntime().availableProcessors();

    @Mixin DatasetPlace place = new DatasetPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Manifest manifest = Manifest.of(place.datasets().resolve(other));
        Map<String, String> request = new HashMap<>(manifest.request());
        change.forEach((key, value) -> request.put("dataset." + key, value));
        request.put("dataset.id", id);
        return DatasetBuildCommand.run(
                DatasetSettings.of(request, manifest.registry(), place.archive()),
                place.datasets(),
                parallelism);
    }
}
