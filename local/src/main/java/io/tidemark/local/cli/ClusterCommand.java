package io.tidemark.local.cli;

import io.tidemark.cluster.ClusterSettings;
import io.tidemark.cluster.FlinkCluster;
import io.tidemark.cluster.FlinkHome;
import io.tidemark.cluster.FlinkProcess;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A real Flink cluster on this machine, in the foreground. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Start a Flink cluster on this machine: a JobManager and TaskManagers as processes of"
                    + " their own, configured by flink-conf, until Ctrl-C. The job's jar is submitted"
                    + " by Flink's own command line or in the UI; how is printed."
        })
final class ClusterCommand implements Callable<Integer> {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data/cluster",
            description = "Configuration, logs, checkpoints, savepoints (default: data/cluster).")
    Path dataDir = Path.of("data/cluster");

    @Option(
            names = "--task-managers",
            paramLabel = "N",
            defaultValue = "2",
            description = "TaskManagers to start, two slots each (default: 2).")
    int taskManagers = 2;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the UI on 127.0.0.1 (default: 8081).")
    int port = 8081;

    @Option(
            names = "--flink",
            paramLabel = "KEY=VALUE",
            description = "Any option of Flink's, instead of flink-conf/config.yaml's.")
    Map<String, String> flink = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        FlinkHome home = FlinkHome.of(Path.of(System.getProperty("tidemark.checkout", ".")));
        ClusterSettings settings =
                ClusterSettings.of(home, dataDir)
                        .with(Map.of("rest.port", Integer.toString(port)))
                        .with(flink);
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        try (FlinkCluster cluster =
                FlinkCluster.start(
                        settings,
                        taskManagers,
                        step -> System.out.println("tidemark: " + step + " ..."))) {
            System.out.print(welcome(cluster, home));
            watch(cluster, stop);
            System.out.println("tidemark: stopping; checkpoints stay in " + dataDir);
        }
        return 0;
    }

    private static String welcome(FlinkCluster cluster, FlinkHome home) {
        return """
               Flink UI   %s (it has no login: loopback only)
               logs       %s
               submit     FLINK_CONF_DIR=%s java --add-opens=java.base/java.lang=ALL-UNNAMED \\
                            --add-opens=java.base/java.util=ALL-UNNAMED -cp '%s/*' \\
                            org.apache.flink.client.cli.CliFrontend run -d \\
                            -c io.tidemark.job.features.FeatureJob %s --config tidemark.yaml
               or upload that jar in the UI. Ctrl-C stops all of it.
               """
                .formatted(
                        cluster.rest().root(),
                        cluster.logs(),
                        cluster.conf(),
                        home.lib(),
                        home.jobJar());
    }

    /** Says when a process is gone, once each; ends when all are, or when told to. */
    private static void watch(FlinkCluster cluster, StopSignal stop)
            throws IOException, InterruptedException {
        Set<FlinkProcess> all = new HashSet<>(cluster.taskManagers());
        all.add(cluster.jobManager());
        while (!stop.await(LOOK_NANOS)) {
            for (FlinkProcess process : Set.copyOf(all)) {
                if (!process.isAlive()) {
                    all.remove(process);
                    System.err.println(
                            "tidemark: " + process.name() + " is gone; see " + process.log());
                }
            }
            if (!cluster.jobManager().isAlive()) {
                throw new IOException("the JobManager is gone; see " + cluster.logs());
            }
        }
    }
}
