package io.tidemark.job.archive;

import java.io.Serializable;
import java.util.List;

/**
 * Which features a registry version has, in the order of the values of its rows. A job may see
 * several versions in its life, so archives and publishers ask by version.
 */
@FunctionalInterface
public interface FeatureColumns extends Serializable {
    /**
     * The names, as many as a row of that version has values.
     *
     * @throws IllegalArgumentException when the version is not known: its rows could not be named,
     *     so the task must fail rather than guess
     */
    List<String> names(String registryVersion);

    /** The names of one version only. */
    static FeatureColumns of(String version, List<String> names) {
        List<String> copy = List.copyOf(names);
        return asked -> {
            if (!asked.equals(version)) {
                throw new IllegalArgumentException(
                        "a row must be of registry version %s, got %s".formatted(version, asked));
            }
            return copy;
        };
    }
}
