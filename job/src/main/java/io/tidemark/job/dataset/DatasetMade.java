package io.tidemark.job.dataset;

import java.nio.file.Path;
import java.util.Map;

/**
 * A dataset that was published.
 *
 * @param rows by split, of all folds together; a split without rows is not there
 */
public record DatasetMade(Path folder, Certificate certificate, Map<String, Long> rows) {
    /** Keeps the map. */
    public DatasetMade {
        rows = Map.copyOf(rows);
    }
}
