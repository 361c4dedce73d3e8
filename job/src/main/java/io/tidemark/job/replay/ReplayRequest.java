package io.tidemark.job.replay;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.registry.Registry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows to compute.
 *
 * @param archiveRoot the archive to read: directory or URI
 * @param outRoot where {@code features/} is written; may not hold rows of the version
 * @param fromMicros the first grid time, microseconds
 * @param toMicros after the last grid time
 * @param symbols these; empty: all there are
 * @param sliceMicros how much of the span one task computes at a time; 0: as the job finds best
 */
public record ReplayRequest(
        String archiveRoot,
        String outRoot,
        long fromMicros,
        long toMicros,
        List<String> symbols,
        Registry registry,
        RawView view,
        long sliceMicros)
        implements Serializable {
    private static final long DAY = 86_400_000_000L;

    /** Checks the span. */
    public ReplayRequest {
        symbols = List.copyOf(symbols);
        if (fromMicros >= toMicros) {
            throw new IllegalArgumentException(
                    "wanted a span that ends after it begins, got %d us to %d us"
                            .formatted(fromMicros, toMicros));
        }
        if (sliceMicros < 0) {
            throw new IllegalArgumentException("wanted a slice longer than 0, got " + sliceMicros);
        }
    }

    SymbolChoice choice() {
        return new SymbolChoice(symbols, 0, 1);
    }

    /** The same for another span. */
    ReplayRequest within(long otherFromMicros, long otherToMicros) {
        return new ReplayRequest(
                archiveRoot,
                outRoot,
                otherFromMicros,
                otherToMicros,
                symbols,
                registry,
                view,
                sliceMicros);
    }

    /** The same with slices of that length. */
    ReplayRequest inSlicesOf(long otherSliceMicros) {
        return new ReplayRequest(
                archiveRoot,
                outRoot,
                fromMicros,
                toMicros,
                symbols,
                registry,
                view,
                otherSliceMicros);
    }

    /**
     * In how many parts the symbols are computed: one a task when there may be as many symbols;
     * each part reads all files, so never more.
     */
    int parts(int parallelism) {
        return symbols.isEmpty() ? parallelism : Math.min(parallelism, symbols.size());
    }

    /**
     * The slice when none is given: the whole span where symbols keep all tasks busy, else a day.
     * Each further slice costs a lookback of events read twice, and the chain of messages once.
     */
    long usualSlice(int parallelism) {
        return parts(parallelism) == parallelism ? toMicros - fromMicros : DAY;
    }

    /** Where slices begin and end: aligned to their length since the epoch. */
    List<Slice> slices(FeatureSet features) {
        List<Slice> slices = new ArrayList<>();
        long begin = fromMicros;
        while (begin < toMicros) {
            long next = (Math.floorDiv(begin, sliceMicros) + 1) * sliceMicros;
            long end = sliceMicros >= toMicros - fromMicros ? toMicros : Math.min(next, toMicros);
            slices.add(Slice.of(begin, end, features));
            begin = end;
        }
        return slices;
    }
}
