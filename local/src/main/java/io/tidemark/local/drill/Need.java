package io.tidemark.local.drill;

import io.tidemark.local.demo.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a fault takes of the machine, beyond the drill's own processes. */
enum Need {
    /** Mounts are root's. */
    ROOT("it must run as root"),
    /** Errors of system calls are made by it. */
    STRACE("there is no /usr/bin/strace; install Debian's package strace"),
    /** Groups of processes with less processor or memory, of version 1. */
    CGROUPS("/sys/fs/cgroup/cpu and /sys/fs/cgroup/memory (cgroup v1) must be writable"),
    /** A process's own time of day. */
    FAKETIME("there is no libfaketime; install Debian's package libfaketime");

    private static final Path STRACE_PROGRAM = Path.of("/usr/bin/strace");

    private final String complaint;

    Need(String complaint) {
        this.complaint = complaint;
    }

    /**
     * Refuses what this machine cannot do.
     *
     * @throws StartException saying what is missing for which fault
     */
    static void check(List<Fault> faults) throws IOException {
        Set<Need> met = EnumSet.noneOf(Need.class);
        for (Need need : values()) {
            if (need.isMet()) {
                met.add(need);
            }
        }
        List<String> complaints = complaints(faults, met);
        if (!complaints.isEmpty()) {
            throw new StartException(String.join("; ", complaints));
        }
    }

    /** What is missing, once for each fault that needs it. */
    static List<String> complaints(List<Fault> faults, Set<Need> met) {
        return faults.stream()
                .distinct()
                .flatMap(
                        fault ->
                                fault.needs().stream()
                                        .filter(need -> !met.contains(need))
                                        .sorted()
                                        .map(need -> fault.wireName() + ": " + need.complaint))
                .toList();
    }

    private boolean isMet() throws IOException {
        return switch (this) {
            case ROOT -> Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
            case STRACE -> Files.isExecutable(STRACE_PROGRAM);
            case CGROUPS -> Cgroup.isAvailable();
            case FAKETIME -> ClockFaults.library().isPresent();
        };
    }
}
