package io.tidemark.job.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Files of a folder that stand in place of others: decided at the moment its own file, {@link
 * #fileName}, gets its name. From then on a reader that knows switches takes the new files, hidden
 * as they may still be, and not the old ones; every other reader sees the old files, then a file
 * that is no Parquet, at which it fails, then the new ones. See ADR 16.
 *
 * @param id of letters and digits; makes the switch one of a kind
 * @param removed names of files whose rows the new ones have; may be gone already
 * @param added names of the new files, at least one; {@link #hidden} until they are switched
 * @param ending what becomes of this file when all is done
 */
public record FolderSwitch(String id, List<String> removed, List<String> added, Ending ending) {
    /** The begin of the name of a switch that is decided and not done. */
    public static final String PREFIX = ".switch-";

    /** The begin of the name of a switch that is done and kept. */
    public static final String KEPT_PREFIX = ".restored-";

    private static final String HIDDEN_SUFFIX = ".switching";
    private static final String TITLE = "tidemark switch 1";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*\\.parquet");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]+");

    /** What becomes of a switch's file when the switch is done. */
    public enum Ending {
        /** It goes. */
        FORGOTTEN,

        /** It stays, under another name, and tells which files came. */
        KEPT
    }

    /** Checks that every name is one of a visible Parquet file. */
    public FolderSwitch {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("an id must match %s, got %s".formatted(ID, id));
        }
        if (added.isEmpty()) {
            throw new IllegalArgumentException("a switch must add a file, got none");
        }
        for (List<String> names : List.of(removed, added)) {
            for (String name : names) {
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            "a file's name must match %s, got %s".formatted(NAME, name));
                }
            }
        }
    }

    /** The name of a file that is to appear. */
    public static String hidden(String name) {
        return "." + name + HIDDEN_SUFFIX;
    }

    /** Whether it is the name of a file that is to appear, or was to. */
    public static boolean isHidden(String name) {
        return name.startsWith(".") && name.endsWith(HIDDEN_SUFFIX);
    }

    /** Whether it is the name of a switch that is decided and not done. */
    public static boolean isPending(String name) {
        return name.startsWith(PREFIX) && ID.matcher(name.substring(PREFIX.length())).matches();
    }

    /** What its own file is called while it is not done. */
    public String fileName() {
        return PREFIX + id;
    }

    /** What its own file is called when it is done, if it is kept. */
    public String keptName() {
        return KEPT_PREFIX + id;
    }

    /**
     * The name of the barrier: a file that is no Parquet and stands beside old and new files while
     * they are switched. No file of rows ever has it, so who has listed it can only fail.
     */
    public String barrierName() {
        return "part-sorted-" + id + "-switching.parquet";
    }

    /** Changes the names of what there is to read, given all names of the folder. */
    void apply(Set<String> readable, Set<String> listed) {
        readable.removeAll(removed);
        readable.remove(barrierName());
        for (String name : added) {
            readable.remove(name);
            readable.add(listed.contains(hidden(name)) ? hidden(name) : name);
        }
    }

    /** The file's content. */
    public byte[] bytes() {
        List<String> lines = new ArrayList<>();
        lines.add(TITLE);
        lines.add("ending " + (ending == Ending.KEPT ? "kept" : "forgotten"));
        removed.forEach(name -> lines.add("remove " + name));
        added.forEach(name -> lines.add("add " + name));
        lines.add("end\n");
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @param fileName the file's name, done or not
     * @throws IOException when it is something else
     */
    public static FolderSwitch read(String fileName, byte[] bytes) throws IOException {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() < 3
                || !lines.get(0).equals(TITLE)
                || !lines.get(lines.size() - 1).equals("end")) {
            throw new IOException("wanted a switch of release 1, got another file: " + fileName);
        }
        Ending ending = lines.get(1).equals("ending kept") ? Ending.KEPT : Ending.FORGOTTEN;
        List<String> removed = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (String line : lines.subList(2, lines.size() - 1)) {
            if (line.startsWith("remove ")) {
                removed.add(line.substring("remove ".length()));
            } else if (line.startsWith("add ")) {
                added.add(line.substring("add ".length()));
            } else {
                throw new IOException(
                        "wanted remove or add in %s, got %s".formatted(fileName, line));
            }
        }
        String prefix = fileName.startsWith(PREFIX) ? PREFIX : KEPT_PREFIX;
        try {
            return new FolderSwitch(fileName.substring(prefix.length()), removed, added, ending);
        } catch (IllegalArgumentException e) {
            throw new IOException("a switch cannot be read: " + fileName, e);
        }
    }

    /** The names, of all of a folder, that say which files there are to read. */
    static Set<String> telling(Set<String> listed) {
        Set<String> telling = new TreeSet<>();
        for (String name : listed) {
            if (isPending(name) || isHidden(name) || isVisible(name)) {
                telling.add(name);
            }
        }
        return telling;
    }

    /** Whether any reader takes the file. */
    public static boolean isVisible(String name) {
        return !name.startsWith(".") && name.endsWith(".parquet");
    }
}
