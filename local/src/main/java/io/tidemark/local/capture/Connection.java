package io.tidemark.local.capture;

import java.nio.file.Path;

/**
 * One connection of one file.
 *
 * @param name as the file calls it; empty where a file holds a single unnamed one
 */
record Connection(Path file, RecordingFormat format, String name, Market market) {
    /** The name as it stands in a JSON line. */
    String quotedName() {
        return "\"" + name + "\"";
    }
}
