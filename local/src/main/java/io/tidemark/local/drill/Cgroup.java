package io.tidemark.local.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A control group (version 1) that one process is put into, so that it has less of something. When
 * this is closed, or the JVM is gone, the process is back where it was and the group is no more.
 */
final class Cgroup implements Teardown.Part {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final Path group;
    private final Leash leash;

    private Cgroup(Path group, Leash leash) {
        this.group = group;
        this.leash = leash;
    }

    /** Whether this process may make them. */
    static boolean isAvailable() {
        return Files.isWritable(ROOT.resolve("cpu/cgroup.procs"))
                && Files.isWritable(ROOT.resolve("memory/cgroup.procs"));
    }

    /**
     * Makes one; nobody is in it.
     *
     * @param controller {@code cpu} or {@code memory}
     * @param pid whose it will be
     */
    static Cgroup of(String controller, long pid) throws IOException {
        Path before = ROOT.resolve(controller).resolve(pathOf(controller, pid).substring(1));
        Path group = ROOT.resolve(controller).resolve("tidemark-drill-" + pid);
        // One that was killed is in no group any more.
        Leash leash =
                Leash.hold(
                        "mkdir \"$1\"",
                        "{ [ ! -e /proc/$3 ] || echo $3 > \"$2/cgroup.procs\"; }; rmdir \"$1\" || { sleep 1; rmdir \"$1\"; }",
                        group.toString(),
                        before.toString(),
                        Long.toString(pid));
        return new Cgroup(group, leash);
    }

    private static String pathOf(String controller, long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts[1].equals(controller)) {
                return parts[2];
            }
        }
        throw new IOException("process %d is in no group of %s".formatted(pid, controller));
    }

    void set(String file, String value) throws IOException {
        Files.writeString(group.resolve(file), value);
    }

    String get(String file) throws IOException {
        return Files.readString(group.resolve(file)).strip();
    }

    @Override
    public void close() throws IOException {
        leash.close();
    }
}
