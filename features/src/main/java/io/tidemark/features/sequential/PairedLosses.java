package io.tidemark.features.sequential;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Losses of two models on the same rows as differences that do not share a label's time: time is
 * cut into periods of twice a label's reach, and the rows of the first half of a period, of all
 * symbols, make one difference, their mean. Their labels end before the next period begins. Rows of
 * the second half are left out; so is a period until one of a later period is there. Rows come by
 * rising time.
 */
public final class PairedLosses {
    private final long reachMicros;
    private final List<Double> differences = new ArrayList<>();
    private @Nullable Long period;
    private double sum;
    private long rows;

    /**
     * @param reachMicros how far a label looks, more than 0
     */
    public PairedLosses(long reachMicros) {
        if (reachMicros <= 0) {
            throw new IllegalArgumentException("a reach is more than 0, got " + reachMicros);
        }
        this.reachMicros = reachMicros;
    }

    /**
     * Takes a row at T.
     *
     * @param champion a loss from 0 to 1
     * @param challenger the same
     * @throws IllegalArgumentException when a loss is out of range, or T is of a period before
     */
    public void row(long gridTimeMicros, double champion, double challenger) {
        if (!(champion >= 0 && champion <= 1 && challenger >= 0 && challenger <= 1)) {
            throw new IllegalArgumentException(
                    "losses are from 0 to 1, got %s and %s".formatted(champion, challenger));
        }
        long own = Math.floorDiv(gridTimeMicros, 2 * reachMicros);
        Long open = period;
        if (open != null && own < open) {
            throw new IllegalArgumentException("rows must come by rising time");
        }
        if (open == null || own > open) {
            close();
            period = own;
        }
        if (Math.floorMod(gridTimeMicros, 2 * reachMicros) < reachMicros) {
            sum += champion - challenger;
            rows++;
        }
    }

    /** No row before that time will come: a period that ends by then is whole. */
    public void closeThrough(long micros) {
        Long open = period;
        if (open != null && micros >= 2 * reachMicros * (open + 1)) {
            close();
            period = null;
        }
    }

    private void close() {
        if (rows > 0) {
            differences.add(sum / rows);
        }
        sum = 0;
        rows = 0;
    }

    /** Those of whole periods, in order. */
    public List<Double> differences() {
        return List.copyOf(differences);
    }
}
