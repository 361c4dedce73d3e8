package io.tidemark.bench.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** CPU of the job, the broker, the database and the harness over a stretch of time. */
public final class CpuMeter {
    private final List<ProcessCpu> processes;

    private CpuMeter(List<ProcessCpu> processes) {
        this.processes = processes;
    }

    /** Of this run; a service on another machine, or one that cannot be seen, is left out. */
    public static CpuMeter of(JobProcess job, Services services) throws IOException {
        List<ProcessCpu> processes = new ArrayList<>();
        processes.add(new ProcessCpu("job JVM", job.pid(), false));
        add(processes, "RabbitMQ", services.broker().getPort(), false);
        add(processes, "PostgreSQL", services.postgresPort(), true);
        processes.add(new ProcessCpu("harness JVM (all)", ProcessHandle.current().pid(), false));
        return new CpuMeter(processes);
    }

    /** Of a model server and this client of it. */
    public static CpuMeter of(ServerProcess server) throws IOException {
        List<ProcessCpu> processes = new ArrayList<>();
        processes.add(new ProcessCpu("server", server.pid(), false));
        processes.add(new ProcessCpu("client", ProcessHandle.current().pid(), false));
        return new CpuMeter(processes);
    }

    private static void add(List<ProcessCpu> processes, String name, int port, boolean children)
            throws IOException {
        OptionalLong pid = ProcessCpu.listeningOn(port);
        if (pid.isPresent()) {
            processes.add(new ProcessCpu(name, pid.getAsLong(), children));
        }
    }

    /** CPU seconds so far, by process. */
    public Map<String, Double> read() throws IOException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (ProcessCpu process : processes) {
            seconds.put(process.name(), process.seconds());
        }
        return seconds;
    }

    /** CPU seconds since an earlier reading. */
    public Map<String, Double> since(Map<String, Double> earlier) throws IOException {
        Map<String, Double> seconds = read();
        seconds.replaceAll((name, now) -> now - earlier.getOrDefault(name, 0.0));
        return seconds;
    }

    /** The load averages of 1, 5 and 15 minutes, as the kernel says them. */
    public static String loadAverage() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
        return fields[0] + " " + fields[1] + " " + fields[2];
    }
}
