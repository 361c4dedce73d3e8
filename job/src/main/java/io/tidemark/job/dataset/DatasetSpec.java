package io.tidemark.job.dataset;

import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.features.split.Separation;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.registry.Registry;
import io.tidemark.schemas.event.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a dataset is made of.
 *
 * @param archiveRoot the archive it is made from
 * @param midPrices whether labels are of mid prices of the rows, not of trades
 * @param toleranceMicros how old a price may be
 * @param embargoMicros how long no train row comes after evaluation; empty: the longer of lookback
 *     and label
 * @param csv whether files are CSV, not Parquet
 * @param standardized whether features are scaled to mean 0 and deviation 1 of train
 * @param clip to so many deviations of train from its mean; 0: not at all
 * @param maxNanRate the largest share of undefined values a feature of a train split may have
 * @param minTrainRows the fewest rows the train split of a fold may have, at least 1
 * @param allowGaps whether the archive may lack hours of the span
 * @param throughMicros nothing of the archive after it is used: no row is made of it, no label
 * @param request what was asked, by setting: gives this again, with the registry
 */
public record DatasetSpec(
        String id,
        String archiveRoot,
        String symbol,
        Registry registry,
        RawView view,
        String strategy,
        Splitting splitting,
        LabelDefinition label,
        boolean midPrices,
        long toleranceMicros,
        OptionalLong embargoMicros,
        boolean csv,
        boolean standardized,
        double clip,
        double maxNanRate,
        long minTrainRows,
        boolean allowGaps,
        long throughMicros,
        Map<String, String> request) {
    /** The column of the label. */
    static final String LABEL = "label";

    /** Checks what names a folder and a symbol. */
    public DatasetSpec {
        request = Collections.unmodifiableMap(new TreeMap<>(request));
        if (!Symbols.isSymbol(symbol)) {
            throw new IllegalArgumentException("there is no symbol '" + symbol + "'");
        }
        if (minTrainRows < 1) {
            throw new IllegalArgumentException(
                    "the fewest train rows must be 1 or more, got " + minTrainRows);
        }
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "an id must be 1 to 100 letters, digits and ._-, got '%s'".formatted(id));
        }
    }

    Separation separation(FeatureSet features) {
        long lookback = features.lookbackMicros();
        return new Separation(
                lookback,
                label.reachMicros(),
                embargoMicros.orElse(Math.max(lookback, label.reachMicros())));
    }

    SymbolChoice choice() {
        return new SymbolChoice(List.of(symbol), 0, 1);
    }

    /** Features, then the label. */
    static List<String> columns(FeatureSet features) {
        List<String> columns = new ArrayList<>(features.names());
        columns.add(LABEL);
        return columns;
    }
}
