package io.tidemark.local.drill;

import io.tidemark.cluster.FlinkProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What JVMs of this machine hold.
 *
 * @param heapBytes live objects: used right after a collection that was asked for
 * @param residentBytes memory of the processes in RAM
 * @param files open file handles, sockets among them
 */
record ProcessUse(long heapBytes, long residentBytes, long files, long threads) {
    static final ProcessUse NONE = new ProcessUse(0, 0, 0, 0);

    private static final Pattern USED = Pattern.compile("(?m)^ (?!Metaspace)[^:\\n]*used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final long KIB = 1_024;

    /** Of all of them together; each is made to collect its garbage, some 50 ms of standstill. */
    static ProcessUse of(List<FlinkProcess> processes) throws IOException, InterruptedException {
        ProcessUse sum = NONE;
        for (FlinkProcess process : processes) {
            sum = sum.plus(of(process.pid()));
        }
        return sum;
    }

    private static ProcessUse of(long pid) throws IOException, InterruptedException {
        String unused = jcmd(pid, "GC.run");
        Path proc = Path.of("/proc", Long.toString(pid));
        return new ProcessUse(
                KIB * sum(USED, jcmd(pid, "GC.heap_info")),
                KIB * sum(RESIDENT, Files.readString(proc.resolve("status"))),
                entries(proc.resolve("fd")),
                entries(proc.resolve("task")));
    }

    private ProcessUse plus(ProcessUse other) {
        return new ProcessUse(
                heapBytes + other.heapBytes,
                residentBytes + other.residentBytes,
                files + other.files,
                threads + other.threads);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                command)
                        .redirectErrorStream(true)
                        .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd %d %s: %s".formatted(pid, command, answer));
        }
        return answer;
    }

    private static long sum(Pattern number, String text) {
        Matcher found = number.matcher(text);
        long sum = 0;
        while (found.find()) {
            sum += Long.parseLong(found.group(1));
        }
        return sum;
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }
}
