package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.label.Labels;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.features.split.Place;
import io.tidemark.features.split.Separation;
import io.tidemark.features.split.Span;
import io.tidemark.job.archive.FeatureRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that were replayed, with labels, to the files of their splits. Two passes over the rows:
 * statistics of each split, since scaling is fitted on train; then the files. Memory does not grow
 * with the rows but for the prices, see {@link LabelPrices}.
 */
final class DatasetAssembly {
    private static final int TELL_EVERY = 4_096;

    private final DatasetSpec spec;
    private final FeatureSet features;
    private final org.apache.flink.core.fs.Path rowsRoot;
    private final Separation separation;
    private final Labels labels;

    /**
     * Reads the prices.
     *
     * @param rowsRoot where rows of the registry of the whole span are
     */
    DatasetAssembly(DatasetSpec spec, org.apache.flink.core.fs.Path rowsRoot) throws IOException {
        this.spec = spec;
        this.features = spec.registry().compile();
        this.rowsRoot = rowsRoot;
        this.separation = spec.separation(features);
        if (spec.midPrices() && !features.names().contains("mid_price")) {
            throw new DatasetException("labels of mid prices need the feature mid_price");
        }
        this.labels = new Labels(spec.label(), LabelPrices.of(spec, features, rowsRoot));
    }

    @FunctionalInterface
    private interface Taker {
        void take(FeatureRow row, double label, Place place) throws IOException;
    }

    /** Writes all files into the folder. */
    List<FoldSummary> write(Path folder, BuildWatch watch) throws IOException {
        List<FoldSummary> folds = new ArrayList<>();
        double size = spec.splitting().size();
        for (int fold = 0; fold < size; fold++) {
            FoldSummary summary = summary(fold, watch.part(fold / size, (fold + 0.5) / size));
            refuseUseless(summary);
            write(folder, summary, watch.part((fold + 0.5) / size, (fold + 1) / size));
            folds.add(summary);
        }
        return folds;
    }

    /** The fold's statistics and the scaling fitted on its train rows. */
    private FoldSummary summary(int fold, BuildWatch watch) throws IOException {
        Map<Place, SplitStatistics> statistics = new EnumMap<>(Place.class);
        Map<Place, Long> places = new EnumMap<>(Place.class);
        long[] unlabelled = {0};
        each(
                fold,
                watch,
                (row, label, place) -> {
                    if (Double.isNaN(label)) {
                        unlabelled[0] += place.isSplit() ? 1 : 0;
                        return;
                    }
                    places.merge(place, 1L, Long::sum);
                    if (place.isSplit()) {
                        statistics
                                .computeIfAbsent(place, p -> empty())
                                .add(row.gridTimeMicros(), row.values(), label);
                    }
                });
        SplitStatistics train = statistics.getOrDefault(Place.TRAIN, empty());
        return new FoldSummary(
                fold, statistics, places, unlabelled[0], Scaling.fitted(spec, train));
    }

    private SplitStatistics empty() {
        return new SplitStatistics(features.size(), spec.label().type().isClass());
    }

    private void refuseUseless(FoldSummary summary) throws DatasetException {
        if (summary.rows(Place.TRAIN) < spec.minTrainRows() || summary.rows(Place.TEST) == 0) {
            throw new DatasetException(
                    "fold %d has %d train rows, of at least %d, and %d test rows; of %d rows %d were purged, %d embargoed, %d have no label"
                            .formatted(
                                    summary.fold(),
                                    summary.rows(Place.TRAIN),
                                    spec.minTrainRows(),
                                    summary.rows(Place.TEST),
                                    summary.places().values().stream().mapToLong(rows -> rows).sum()
                                            + summary.unlabelled(),
                                    summary.rows(Place.PURGED),
                                    summary.rows(Place.EMBARGOED),
                                    summary.unlabelled()));
        }
        SplitStatistics train = summary.statistics().get(Place.TRAIN);
        List<String> refused = new ArrayList<>();
        for (int i = 0; train != null && i < features.size(); i++) {
            if (train.nanRate(i) > spec.maxNanRate()) {
                refused.add("%s %.3f".formatted(features.names().get(i), train.nanRate(i)));
            }
        }
        if (!refused.isEmpty()) {
            throw new DatasetException(
                    "more than %s of the train rows are undefined: %s"
                            .formatted(spec.maxNanRate(), refused));
        }
    }

    private void write(Path folder, FoldSummary summary, BuildWatch watch) throws IOException {
        Map<Place, DatasetFile.Writer> writers = new EnumMap<>(Place.class);
        try {
            each(
                    summary.fold(),
                    watch,
                    (row, label, place) -> {
                        if (!place.isSplit() || Double.isNaN(label)) {
                            return;
                        }
                        DatasetFile.Writer writer = writers.get(place);
                        if (writer == null) {
                            writer = writer(folder, summary.fold(), place);
                            writers.put(place, writer);
                        }
                        writer.write(scaled(row, label, summary.scaling()));
                    });
        } finally {
            for (DatasetFile.Writer writer : writers.values()) {
                writer.close();
            }
        }
    }

    private DatasetFile.Writer writer(Path folder, int fold, Place place) throws IOException {
        return DatasetFile.writer(
                folder.resolve(DatasetFile.name(fold, place, spec.csv())),
                features.version(),
                DatasetSpec.columns(features));
    }

    /** The row as it stands in a file: features scaled, the label after them. */
    static FeatureRow scaled(FeatureRow row, double label, Scaling scaling) {
        double[] values = scaling.of(row.values());
        values[values.length - 1] = label;
        return new FeatureRow(
                row.symbol(),
                row.gridTimeMicros(),
                row.registryVersion(),
                values,
                row.completeness(),
                row.eventCount(),
                row.maxEventTimeMicros());
    }

    private void each(int fold, BuildWatch watch, Taker taker) throws IOException {
        Span span = spec.splitting().span(fold);
        double length = span.endMicros() - span.beginMicros();
        FeatureRows rows =
                FeatureRows.in(
                        rowsRoot,
                        features.version(),
                        features.names(),
                        spec.choice(),
                        span.beginMicros(),
                        span.endMicros());
        long count = 0;
        for (FeatureRow row = rows.next(); row != null; row = rows.next()) {
            if (++count % TELL_EVERY == 0) {
                watch.at((row.gridTimeMicros() - span.beginMicros()) / length);
            }
            Place place = spec.splitting().of(fold, row.gridTimeMicros(), separation);
            if (place != Place.OUTSIDE) {
                taker.take(row, labels.at(row.gridTimeMicros()), place);
            }
        }
    }
}
