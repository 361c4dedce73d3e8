package io.tidemark.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the rules and dashboards under {@code deploy/} ask of Flink is registered there. */
class MonitoringFilesTest {
    private static final Pattern FLINK =
            Pattern.compile(
                    "flink_(?:taskmanager_job_task_operator_|taskmanager_job_task_|jobmanager_job_"
                            + "|taskmanager_Status_JVM_Memory_Heap_)"
                            + "((?:queue_|reason_)?)([A-Za-z]+)");
    private static final Pattern ANY = Pattern.compile("\\bflink_");
    private static final Pattern ALERT = Pattern.compile("- alert: ([A-Za-z]+)");

    /** Classes that have the names of Flink's own metrics as constants. */
    private static final List<String> OF_FLINK =
            List.of(
                    "org/apache/flink/runtime/metrics/MetricNames.class",
                    "org/apache/flink/runtime/checkpoint/CheckpointStatsTracker.class");

    @Test
    void everyMetricTheyNameIsRegistered() throws IOException {
        Set<String> missing = new TreeSet<>();
        String job = sources();
        String flink = ofFlink();
        long there = 0;
        long looked = 0;
        for (Path file : files()) {
            String text = Files.readString(file);
            there += ANY.matcher(text).results().count();
            for (MatchResult found : FLINK.matcher(text).results().toList()) {
                String group = found.group(1).replace("_", "");
                String name = found.group(2);
                boolean ours =
                        job.contains("(\"" + name + "\"")
                                && (group.isEmpty() || job.contains("addGroup(\"" + group + "\""));
                looked++;
                if (!ours && !flink.contains(name)) {
                    missing.add(found.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(looked)
                .as("none is of a scope not looked at")
                .isEqualTo(there)
                .isGreaterThan(30);
    }

    @Test
    void everyAlertIsInTheOperationsManual() {
        String manual = Project.read("docs/operations.md");
        assertThat(ALERT.matcher(Project.read("deploy/prometheus/alerts.yaml")).results())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(manual).contains("`" + alert.group(1) + "`"));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Project.ROOT.resolve("deploy"))) {
            return files.filter(
                            file ->
                                    file.toString().endsWith(".json")
                                            || file.toString().endsWith("alerts.yaml"))
                    .toList();
        }
    }

    /** Without the breaks between a call and the name. */
    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Project.ROOT.resolve("job/src/main/java"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString().replaceAll("\\(\\s+\"", "(\"");
    }

    private static String ofFlink() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : OF_FLINK) {
            try (InputStream in =
                    MonitoringFilesTest.class.getClassLoader().getResourceAsStream(name)) {
                assertThat(in).as(name).isNotNull();
                all.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
