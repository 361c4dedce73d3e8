package io.tidemark.bench.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of processes as Linux counts it in {@code /proc}; a tick is 10 ms.
 *
 * @param name what the report calls it
 * @param pid the process
 * @param withChildren whether its children, living and waited for, are part of it (PostgreSQL is a
 *     process a connection)
 */
public record ProcessCpu(String name, long pid, boolean withChildren) {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;

    /** User and system CPU seconds since the process began; 0 when it is gone. */
    public double seconds() throws IOException {
        Stat own = Stat.of(pid);
        if (own == null) {
            return 0;
        }
        long ticks = own.ownTicks;
        if (withChildren) {
            ticks += own.reapedTicks;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (Path entry : entries) {
                    Stat stat = Stat.of(Long.parseLong(entry.getFileName().toString()));
                    ticks += stat != null && stat.parent == pid ? stat.ownTicks : 0;
                }
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** The process that listens on that TCP port of this machine; empty when none is visible. */
    public static OptionalLong listeningOn(int port) throws IOException {
        for (String table : new String[] {"net/tcp", "net/tcp6"}) {
            for (String line : Files.readAllLines(PROC.resolve(table))) {
                String[] fields = line.trim().split("\\s+");
                if (fields.length > 9
                        && fields[3].equals("0A")
                        && fields[1].endsWith(":%04X".formatted(port))) {
                    OptionalLong owner = ownerOf("socket:[" + fields[9] + "]");
                    if (owner.isPresent()) {
                        return owner;
                    }
                }
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong ownerOf(String socket) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, socket)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return OptionalLong.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // It ended meanwhile, or is another user's: not ours to see.
            return false;
        }
        return false;
    }

    private record Stat(long parent, long ownTicks, long reapedTicks) {
        static @Nullable Stat of(long pid) throws IOException {
            try {
                return parse(Files.readString(PROC.resolve(pid + "/stat")));
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException e) {
                if (!Files.exists(PROC.resolve(Long.toString(pid)))) {
                    return null;
                }
                throw e;
            }
        }

        /** Field 2 is the command in parentheses and may hold anything: count from its end. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
        }
    }
}
