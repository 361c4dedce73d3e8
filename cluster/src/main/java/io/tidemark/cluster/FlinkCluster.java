package io.tidemark.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A JobManager and TaskManagers as processes of this machine, on loopback. Each can be killed,
 * stopped, paused and started again. Not for several threads.
 */
public final class FlinkCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final ClusterSettings settings;
    private final ClusterFiles files;
    private final JavaCommand java;
    private final FlinkRest rest;
    private final Map<Role, ProcessMemory> memory = new EnumMap<>(Role.class);
    private final List<FlinkProcess> taskManagers = new ArrayList<>();
    private Optional<FlinkProcess> jobManager = Optional.empty();
    private int started;

    private FlinkCluster(ClusterSettings settings) throws IOException {
        this.settings = settings;
        this.files = ClusterFiles.create(settings);
        this.java = new JavaCommand(settings, files);
        this.rest = new FlinkRest(settings.restPort());
    }

    /**
     * Starts it; returns when its TaskManagers have registered.
     *
     * @param taskManagers at least 1
     * @param progress told what it is at, one line each
     * @throws IOException when a process does not come up; nothing is left running then
     */
    public static FlinkCluster start(
            ClusterSettings settings, int taskManagers, Consumer<String> progress)
            throws IOException, InterruptedException {
        FlinkCluster cluster = new FlinkCluster(settings);
        try {
            progress.accept("asking Flink for the memory of its processes");
            for (Role role : Role.values()) {
                cluster.memory.put(role, ProcessMemory.of(role, cluster.java, cluster.files));
            }
            progress.accept("starting the JobManager");
            cluster.startJobManager();
            for (int i = 0; i < taskManagers; i++) {
                progress.accept("starting TaskManager " + (i + 1) + " of " + taskManagers);
                cluster.startTaskManager();
            }
            cluster.awaitTaskManagers(taskManagers);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts the JobManager, also after it was killed; returns when its REST interface answers. */
    public FlinkProcess startJobManager() throws IOException, InterruptedException {
        FlinkProcess process = start(Role.JOB_MANAGER, Role.JOB_MANAGER.logName(), Map.of());
        jobManager = Optional.of(process);
        await("the JobManager", process, () -> rest.taskManagers() >= 0);
        return process;
    }

    /** Starts one TaskManager more; returns at once. */
    public FlinkProcess startTaskManager() throws IOException {
        return startTaskManager(Map.of());
    }

    /** The same, with those variables in its environment besides this process's. */
    public FlinkProcess startTaskManager(Map<String, String> environment) throws IOException {
        FlinkProcess process =
                start(
                        Role.TASK_MANAGER,
                        Role.TASK_MANAGER.logName() + "-" + ++started,
                        environment);
        taskManagers.add(process);
        return process;
    }

    /** Waits until so many TaskManagers, or more, have registered. */
    public void awaitTaskManagers(int wanted) throws IOException, InterruptedException {
        await(
                wanted + " TaskManagers",
                jobManager.orElseThrow(() -> new IllegalStateException("no JobManager")),
                () -> rest.taskManagers() >= wanted);
    }

    /** Waits until every task of the job runs. */
    public void awaitRunning(String job) throws IOException, InterruptedException {
        await(
                "job " + job,
                jobManager.orElseThrow(() -> new IllegalStateException("no JobManager")),
                () -> rest.isRunning(job));
    }

    public FlinkProcess jobManager() {
        return jobManager.orElseThrow(() -> new IllegalStateException("it is not started"));
    }

    /** Those that are alive. */
    public List<FlinkProcess> taskManagers() {
        return taskManagers.stream().filter(FlinkProcess::isAlive).toList();
    }

    /** Those that are alive and have tasks, as far as the JobManager knows. */
    public List<FlinkProcess> taskManagersAtWork() throws IOException, InterruptedException {
        Set<String> busy = rest.taskManagersAtWork();
        return taskManagers().stream().filter(one -> busy.contains(one.name())).toList();
    }

    public FlinkRest rest() {
        return rest;
    }

    /** Flink's command line, against this cluster. */
    public FlinkCli cli() {
        return new FlinkCli(java, settings.home().jobJar());
    }

    /** {@code FLINK_CONF_DIR} of this cluster. */
    public Path conf() {
        return files.conf();
    }

    public Path logs() {
        return files.logs();
    }

    /** The whole checkpoint written last: what to go on from when the JobManager was lost. */
    public Optional<String> newestCheckpoint() throws IOException {
        return new RetainedCheckpoints(checkpoints()).newest();
    }

    /** Where TaskManagers keep state while they work: Flink's {@code io.tmp.dirs}. */
    public Path localState() {
        return settings.directory().resolve("tmp");
    }

    /** Where its jobs write checkpoints. */
    public Path checkpoints() {
        return settings.directory().resolve("checkpoints");
    }

    private FlinkProcess start(Role role, String name, Map<String, String> environment)
            throws IOException {
        ProcessMemory share = memory.get(role);
        if (share == null) {
            throw new IllegalStateException("the memory of a " + role + " is not known yet");
        }
        List<String> arguments = new ArrayList<>(List.of(role.mainClass()));
        arguments.addAll(List.of("--configDir", files.conf().toString()));
        arguments.addAll(share.arguments());
        if (role == Role.TASK_MANAGER) {
            // The name the JobManager knows it by, see taskManagersAtWork().
            arguments.addAll(List.of("-D", "taskmanager.resource-id=" + name));
        }
        Path log = files.logs().resolve(name + ".log");
        List<String> flags = new ArrayList<>(share.jvmFlags());
        flags.addAll(settings.jvmFlags());
        ProcessBuilder builder =
                java.of(name + ".log", flags, LeashedMain.class.getName(), arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        files.logs().resolve(name + ".out").toFile()));
        builder.environment().putAll(environment);
        return new FlinkProcess(name, log, builder.start());
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(String what, FlinkProcess needed, Condition condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        IOException last = new IOException("it does not say why");
        while (System.nanoTime() < end && needed.isAlive()) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException notYet) {
                last = notYet;
            }
            Thread.sleep(100);
        }
        throw new IOException("waited in vain for " + what + "; see " + needed.log(), last);
    }

    /** Ends every process: asked first, killed after ten seconds. */
    @Override
    public void close() {
        List<FlinkProcess> all = new ArrayList<>(taskManagers);
        jobManager.ifPresent(all::add);
        List<Thread> stops = all.stream().map(FlinkCluster::stopAside).toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                all.forEach(FlinkProcess::kill);
                return;
            }
        }
    }

    private static Thread stopAside(FlinkProcess process) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                process.stop(STOP_LIMIT);
                            } catch (InterruptedException e) {
                                process.kill();
                            }
                        },
                        "stop " + process.name());
        thread.start();
        return thread;
    }
}
