package io.tidemark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The built parts a cluster is made of.
 *
 * @param lib Flink's jars
 * @param conf {@code config.yaml} and the logging files
 * @param jobJar the release's jar, to submit
 */
public record FlinkHome(Path lib, Path conf, Path jobJar) {

    /**
     * The parts as the build leaves them.
     *
     * @param checkout the project's directory
     * @throws IOException when something is not built
     */
    public static FlinkHome of(Path checkout) throws IOException {
        FlinkHome home =
                new FlinkHome(
                        checkout.resolve("cluster/target/flink/lib"),
                        checkout.resolve("flink-conf"),
                        checkout.resolve("job/target/tidemark-job.jar"));
        for (Path part : new Path[] {home.lib, home.conf, home.jobJar}) {
            if (!Files.exists(part)) {
                throw new IOException("there is no " + part + ": mvn package makes it");
            }
        }
        return home;
    }
}
