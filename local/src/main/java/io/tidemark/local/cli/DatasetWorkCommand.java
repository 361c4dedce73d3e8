package io.tidemark.local.cli;

import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.publish.PublisherSettings;
import io.tidemark.local.dataset.DatasetWorker;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.settings.SettingsReader;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Builds what is asked for over HTTP. */
@Command(
        name = "work",
        mixinStandardHelpOptions = true,
        description = {
            "Build the datasets that are asked for over HTTP, one after the other, until Ctrl-C. Takes the"
                    + " settings of the feature job for database, broker and archive. 'run' and 'demo' do"
                    + " so themselves."
        })
final class DatasetWorkCommand implements Callable<Integer> {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks of a build (default: as many as processors).")
    int parallelism = Runtime.getRuntime().availableProcessors();

    @Mixin DatasetPlace place = new DatasetPlace();

    @Override
    public Integer call() throws InterruptedException {
        SettingsReader reader = new SettingsReader(place.source(Map.of(), Map.of()));
        FeatureJobSettings job = FeatureJobSettings.from(reader);
        FeatureJobSettings.leaveServer(reader);
        reader.throwIfInvalid();
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        try (DatasetWorker worker =
                DatasetWorker.start(
                        job.store(),
                        PublisherSettings.of(job.broker().uri()),
                        job.archiveRoot(),
                        parallelism)) {
            System.out.println("builds datasets in " + place.datasets() + "; Ctrl-C ends it");
            while (worker.isAlive() && !stop.await(LOOK_NANOS)) {
                // It works in its own thread.
            }
        }
        return 0;
    }
}
