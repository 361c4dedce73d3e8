package io.tidemark.server.models;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Versions that are compared with the active one.
 *
 * @param champion how the active one became so
 * @param challenger the newest version, when it came after the champion
 * @param previous the version that was active before the champion
 */
public record Rivals(ModelActivation champion, Optional<Long> challenger, Optional<Long> previous) {

    /** All of them but the champion, each once. */
    public List<Long> others() {
        return Stream.of(challenger, previous).flatMap(Optional::stream).distinct().toList();
    }
}
