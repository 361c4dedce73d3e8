package io.tidemark.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What Flink makes of the memory settings for one kind of process.
 *
 * @param jvmFlags heap, direct memory, metaspace
 * @param arguments the same split in Flink's terms, for the process itself
 */
record ProcessMemory(List<String> jvmFlags, List<String> arguments) {
    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Asks Flink, as its scripts do. */
    static ProcessMemory of(Role role, JavaCommand java, ClusterFiles files)
            throws IOException, InterruptedException {
        String output =
                java.run(
                        "memory.log",
                        "org.apache.flink.runtime.util.bash.BashJavaUtils",
                        List.of(role.resourceCommand(), "--configDir", files.conf().toString()),
                        LIMIT);
        List<String> results =
                output.lines()
                        .filter(line -> line.startsWith(RESULT))
                        .map(line -> line.substring(RESULT.length()).strip())
                        .toList();
        if (results.size() != 2) {
            throw new IOException("Flink says no memory flags:\n" + output);
        }
        return new ProcessMemory(
                List.of(results.get(0).split(" +")), List.of(results.get(1).split(" +")));
    }
}
