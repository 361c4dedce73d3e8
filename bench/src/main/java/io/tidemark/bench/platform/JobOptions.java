package io.tidemark.bench.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run may vary of the job and its cluster; all else is {@code flink-conf/config.yaml}.
 *
 * @param kind the whole job, or Flink's source alone
 * @param checkpointInterval between checkpoints
 * @param parallelism of everything but the sources
 * @param directory checkpoints, archive, working files and the log of this run; exists
 * @param flinkConf the directory of the cluster's config.yaml
 * @param settings the job's own flags, {@code --key=value}
 */
public record JobOptions(
        Kind kind,
        Duration checkpointInterval,
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
                Integer.parseInt(arguments[2]),
                Path.of(arguments[3]),
                Path.of(arguments[4]),
                List.of(arguments).subList(5, arguments.length));
    }
}
