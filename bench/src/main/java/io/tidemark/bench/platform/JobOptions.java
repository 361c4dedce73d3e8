package io.tidemark.bench.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.CheckpointingMode;

/**
 * What a run may vary of the job and its cluster; all else is {@code flink-conf/config.yaml}.
 *
 * @param kind the whole job, or Flink's source alone
 * @param checkpointInterval between checkpoints
 * @param checkpointing what a checkpoint promises; the product's is exactly once
 * @param parallelism of everything but the sources
 * @param directory checkpoints, archive, working files and the log of this run; exists
 * @param flinkConf the directory of the cluster's config.yaml
 * @param settings the job's own flags, {@code --key=value}
 */
public record JobOptions(
        Kind kind,
        Duration checkpointInterval,
        CheckpointingMode checkpointing,
        int parallelism,
        Path directory,
        Path flinkConf,
        List<String> settings) {

    /** What runs. */
    public enum Kind {
        /** Tidemark's feature job, every sink attached. */
        FEATURES,
        /** {@code RMQSource} into a sink that throws everything away: the ceiling. */
        BARE_SOURCE
    }

    public JobOptions {
        settings = List.copyOf(settings);
    }

    List<String> toArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(kind.name());
        arguments.add(Long.toString(checkpointInterval.toMillis()));
        arguments.add(checkpointing.name());
        arguments.add(Integer.toString(parallelism));
        arguments.add(directory.toString());
        arguments.add(flinkConf.toString());
        arguments.addAll(settings);
        return arguments;
    }

    static JobOptions parse(String[] arguments) {
        return new JobOptions(
                Kind.valueOf(arguments[0]),
                Duration.ofMillis(Long.parseLong(arguments[1])),
                CheckpointingMode.valueOf(arguments[2]),
                Integer.parseInt(arguments[3]),
                Path.of(arguments[4]),
                Path.of(arguments[5]),
                List.of(arguments).subList(6, arguments.length));
    }
}
