package io.tidemark.local.cli;

import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.local.demo.DemoSettings;
import io.tidemark.local.demo.Platform;
import io.tidemark.local.flink.FlinkSettings;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Job and server in this JVM, broker and database as configured. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run the feature job and the model server in one process, against a broker and a database"
                    + " that are there: broker.uri, serving-store.url and the rest of 'tidemark"
                    + " settings'. For one machine; a cluster uses flink run."
        })
final class RunCommand implements Callable<Integer> {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Checkpoints, savepoints and logs (default: data).")
    Path dataDir = Path.of("data");

    @Mixin SettingsOptions settings = new SettingsOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        SettingsReader reader =
                new SettingsReader(
                        settings.source(
                                Map.of(
                                        "archive.root",
                                        dataDir.resolve("archive").toString(),
                                        "models.directory",
                                        dataDir.resolve("models").toString()),
                                Map.of()));
        FeatureJobSettings job = FeatureJobSettings.from(reader);
        ServerSettings server = ServerSettings.read(reader);
        FlinkSettings flink =
                new FlinkSettings(
                        dataDir.resolve("flink"),
                        DemoSettings.flinkPort(reader),
                        DemoSettings.parallelism(reader),
                        DemoSettings.checkpointInterval(reader));
        reader.leaveToOthers("demo", "replay", "dataset", "upkeep");
        reader.throwIfInvalid();
        LogFiles.toDirectory(dataDir.resolve("logs"));
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        try (Platform platform = Platform.start(flink, job, server)) {
            System.out.printf(
                    "Flink UI http://127.0.0.1:%d, model server %s; Ctrl-C stops with a savepoint%n",
                    flink.port(), platform.server().uri());
            Optional<Throwable> failure = Optional.empty();
            while (failure.isEmpty() && !stop.await(LOOK_NANOS)) {
                failure = platform.flink().failure();
            }
            if (failure.isPresent()) {
                throw new IOException("the job failed", failure.get());
            }
            System.out.println(
                    platform.stopJob()
                            .map(path -> "the job is kept in " + path)
                            .orElse("the job goes on from its newest checkpoint"));
        }
        return 0;
    }
}
