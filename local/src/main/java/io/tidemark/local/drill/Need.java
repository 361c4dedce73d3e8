package io.tidemark.local.drill;

import io.tidemark.local.demo.StartException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a fault takes of the machine, beyond the drill's own processes. */
enum Need {
    /** Mounts are root's. */
    ROOT("it must run as root"),
    /** Errors of system calls are made by it. */
    STRACE("there is no /usr/bin/strace; install Debian's package strace"),
    /** Wrong clocks are made by it. */
    FAKETIME(
            "there is no libfaketimeMT.so.1 in /usr/lib/*/faketime; install Debian's package libfaketime"),
    /** Groups of processes with less processor or memory, of version 1. */
    CGROUPS("/sys/fs/cgroup/cpu and /sys/fs/cgroup/memory (cgroup v1) must be writable");

    private static final Path STRACE_PROGRAM = Path.of("/usr/bin/strace");
    private static final Path LIBRARIES = Path.of("/usr/lib");

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
        List<String> complaints = new ArrayList<>();
        for (Fault fault : faults.isEmpty() ? Set.<Fault>of() : EnumSet.copyOf(faults)) {
            for (Need need : fault.needs()) {
                if (!need.isMet()) {
                    complaints.add("%s: %s".formatted(fault.wireName(), need.complaint));
                }
            }
        }
        if (!complaints.isEmpty()) {
            throw new StartException(String.join("\n", complaints));
        }
    }

    private boolean isMet() throws IOException {
        return switch (this) {
            case ROOT -> Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
            case STRACE -> Files.isExecutable(STRACE_PROGRAM);
            case FAKETIME -> !faketime().isEmpty();
            case CGROUPS -> Cgroup.isAvailable();
        };
    }

    /** The library that makes a clock wrong, by its path; empty when it is not installed. */
    static List<Path> faketime() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
            for (Path architecture : architectures) {
                Path library = architecture.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    found.add(library);
                }
            }
        }
        return found;
    }
}
