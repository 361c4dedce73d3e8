package io.tidemark.job.dataset;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.features.split.Fold;
import io.tidemark.features.split.Place;
import io.tidemark.features.split.Separation;
import io.tidemark.features.split.Span;
import io.tidemark.job.archive.RawInputs;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.replay.ReplayCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes {@code manifest.json}: what a dataset is made of, and what its rows are like. */
final class ManifestWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final DatasetSpec spec;
    private final FeatureSet features;
    private final Path folder;

    ManifestWriter(DatasetSpec spec, Path folder) {
        this.spec = spec;
        this.features = spec.registry().compile();
        this.folder = folder;
    }

    /** Writes it into the folder, onto the disk; the files of the folds are there already. */
    void write(
            Instant createdAt,
            ReplayCounts replayed,
            List<RawInputs.Day> inputs,
            List<FoldSummary> folds)
            throws IOException {
        ObjectNode root = NODES.objectNode();
        root.put("manifest_format", Manifest.FORMAT);
        root.put("dataset_id", spec.id());
        root.put("created_at", createdAt.truncatedTo(ChronoUnit.MILLIS).toString());
        root.put("code_sha256", Sha256.ofKernels());
        root.put("symbol", spec.symbol());
        root.put("view", spec.view() == RawView.FINAL ? "final" : "as-served");
        ObjectNode registry = root.putObject("registry");
        registry.put("version", features.version());
        registry.put("cadence_us", features.cadenceMicros());
        registry.put("sha256", Sha256.of(spec.registry().yaml()));
        registry.put("yaml", spec.registry().yaml());
        spec.request().forEach(root.putObject("request")::put);
        features.names().forEach(root.putArray("features")::add);
        root.set("label", label());
        Separation separation = spec.separation(features);
        root.putObject("separation")
                .put("lookback_us", separation.lookbackMicros())
                .put("reach_us", separation.reachMicros())
                .put("embargo_us", separation.embargoMicros());
        root.put("split_strategy", spec.strategy());
        root.put("output_format", spec.csv() ? "csv" : "parquet");
        root.put("max_nan_rate", spec.maxNanRate());
        root.putObject("scaling")
                .put("method", spec.standardized() ? "z_score" : "none")
                .put("clip", spec.clip());
        ArrayNode days = root.putArray("inputs");
        for (RawInputs.Day day : inputs) {
            days.addObject()
                    .put("path", day.path())
                    .put("files", day.files())
                    .put("bytes", day.bytes())
                    .put("sha256", day.sha256());
        }
        root.putObject("replay")
                .put("rows", replayed.rows())
                .put("events", replayed.events())
                .put("chain_events", replayed.chainEvents())
                .put("duplicates", replayed.duplicates());
        ArrayNode all = root.putArray("folds");
        for (FoldSummary fold : folds) {
            all.add(fold(fold));
        }
        Path file = folder.resolve(Manifest.NAME);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        DatasetFile.sync(file);
    }

    private ObjectNode label() {
        LabelDefinition label = spec.label();
        return NODES.objectNode()
                .put("column", DatasetSpec.LABEL)
                .put("type", label.type().wireName())
                .put("is_class", label.type().isClass())
                .put("horizon_us", label.horizonMicros())
                .put("threshold", label.threshold())
                .put("volatility_us", label.volatilityMicros())
                .put("costs", label.costs())
                .put("price_source", spec.midPrices() ? "mid" : "trade")
                .put("tolerance_us", spec.toleranceMicros());
    }

    private ObjectNode fold(FoldSummary summary) throws IOException {
        ObjectNode root = NODES.objectNode();
        root.put("fold", summary.fold());
        if (!spec.splitting().folds().isEmpty()) {
            Fold fold = spec.splitting().folds().get(summary.fold());
            ObjectNode spans = root.putObject("spans");
            spans.set("train", spans(fold.train()));
            spans.set("validation", spans(List.of(fold.validation())));
            spans.set("test", spans(List.of(fold.test())));
        }
        ObjectNode rows = root.putObject("rows");
        for (Place place : Place.values()) {
            if (place != Place.OUTSIDE) {
                rows.put(name(place), summary.rows(place));
            }
        }
        rows.put("unlabelled", summary.unlabelled());
        ObjectNode scaling = root.putObject("scaling");
        scaling.set("mean", numbers(summary.scaling().means()));
        scaling.set("deviation", numbers(summary.scaling().deviations()));
        ObjectNode splits = root.putObject("splits");
        for (Place place : Place.values()) {
            SplitStatistics statistics = summary.statistics().get(place);
            if (statistics != null) {
                splits.set(name(place), split(summary.fold(), place, statistics));
            }
        }
        return root;
    }

    private ObjectNode split(int fold, Place place, SplitStatistics statistics) throws IOException {
        String name = DatasetFile.name(fold, place, spec.csv());
        Path file = folder.resolve(name);
        ObjectNode root =
                NODES.objectNode()
                        .put("file", name)
                        .put("bytes", Files.size(file))
                        .put("sha256", Sha256.of(file))
                        .put("rows", statistics.rows())
                        .put("first_time", time(statistics.firstMicros()))
                        .put("last_time", time(statistics.lastMicros()));
        ArrayNode columns = root.putArray("features");
        for (int i = 0; i < features.size(); i++) {
            ObjectNode column = columns.addObject().put("name", features.names().get(i));
            column(column, statistics, i).put("nan_rate", statistics.nanRate(i));
        }
        column(root.putObject("label"), statistics, features.size());
        if (spec.label().type().isClass()) {
            ObjectNode classes = root.putObject("classes");
            for (Map.Entry<Double, Long> one : statistics.classes().entrySet()) {
                classes.put(Long.toString(Math.round(one.getKey())), one.getValue());
            }
        }
        return root;
    }

    private static ObjectNode column(ObjectNode into, SplitStatistics statistics, int column) {
        number(into, "mean", statistics.mean(column));
        number(into, "deviation", statistics.deviation(column));
        number(into, "min", statistics.least(column));
        number(into, "max", statistics.most(column));
        return into;
    }

    /** JSON has no NaN. */
    private static void number(ObjectNode into, String name, double value) {
        if (Double.isFinite(value)) {
            into.put(name, value);
        } else {
            into.putNull(name);
        }
    }

    private static ArrayNode numbers(double[] values) {
        ArrayNode numbers = NODES.arrayNode();
        for (double value : values) {
            if (Double.isFinite(value)) {
                numbers.add(value);
            } else {
                numbers.addNull();
            }
        }
        return numbers;
    }

    private static ArrayNode spans(List<Span> spans) {
        ArrayNode all = NODES.arrayNode();
        for (Span span : spans) {
            if (!span.isEmpty()) {
                all.addObject()
                        .put("from", time(span.beginMicros()))
                        .put("to", time(span.endMicros()));
            }
        }
        return all;
    }

    private static String name(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
