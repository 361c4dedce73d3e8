package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.label.Labels;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.features.split.Place;
import io.tidemark.features.split.Span;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.dataset.Certificate.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at the files of a dataset as somebody who does not trust who made them: files against the
 * manifest, rows against rows replayed from the archive, labels against its prices, splits by the
 * times in the files, scaling against train rows alone, and rows against an archive without a
 * future.
 */
final class Certifier {
    private static final int SAMPLES = 16;
    private static final Set<String> BESIDES =
            Set.of(Manifest.NAME, Certificate.NAME, DatasetReport.NAME);

    private final DatasetSpec spec;
    private final FeatureSet features;
    private final Path folder;
    private final Manifest manifest;
    private final org.apache.flink.core.fs.Path rowsRoot;
    private final List<Check> checks = new ArrayList<>();

    /**
     * @param manifest of the folder
     * @param rowsRoot rows replayed from the archive
     */
    Certifier(
            DatasetSpec spec,
            Path folder,
            Manifest manifest,
            org.apache.flink.core.fs.Path rowsRoot) {
        this.spec = spec;
        this.features = spec.registry().compile();
        this.folder = folder;
        this.manifest = manifest;
        this.rowsRoot = rowsRoot;
    }

    Certificate certify(BuildWatch watch) throws IOException {
        int parts = manifest.scalings().size() + 1;
        files();
        Labels labels = new Labels(spec.label(), LabelPrices.of(spec, features, rowsRoot));
        for (int fold = 0; fold < manifest.scalings().size(); fold++) {
            watch.at((double) fold / parts);
            Map<Place, long[]> times = new EnumMap<>(Place.class);
            for (Map.Entry<String, Manifest.SplitFile> one : manifest.files().entrySet()) {
                if (one.getValue().fold() == fold) {
                    times.put(place(one.getValue()), rowsOf(one.getKey(), one.getValue(), labels));
                }
            }
            checks.addAll(SeparationChecks.of(fold, times, spec.separation(features)));
            scaling(fold, times.getOrDefault(Place.TRAIN, new long[0]));
        }
        watch.at((double) (parts - 1) / parts);
        future();
        watch.at(1);
        return new Certificate(manifest.datasetId(), checks);
    }

    private static Place place(Manifest.SplitFile file) {
        return Place.valueOf(file.split().toUpperCase(Locale.ROOT));
    }

    /** What lies there is what the manifest says, byte by byte, and nothing else. */
    private void files() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !BESIDES.contains(name) && !name.startsWith("."))
                    .forEach(found::add);
        }
        Set<String> said = new TreeSet<>(manifest.files().keySet());
        String fault = found.equals(said) ? "" : "there are %s, not %s".formatted(found, said);
        for (Map.Entry<String, Manifest.SplitFile> one : manifest.files().entrySet()) {
            Path file = folder.resolve(one.getKey());
            if (fault.isEmpty() && !Sha256.of(file).equals(one.getValue().sha256())) {
                fault = one.getKey() + " has another SHA-256";
            }
        }
        checks.add(Check.of("files of the manifest", fault, "%d files".formatted(said.size())));
        String registry = Sha256.of(manifest.registry().yaml());
        checks.add(
                Check.of(
                        "registry of the manifest",
                        registry.equals(manifest.registrySha256()) ? "" : "has another SHA-256",
                        registry));
    }

    private FeatureRows replayed(long fromMicros, long toMicros) throws IOException {
        return FeatureRows.in(
                rowsRoot,
                features.version(),
                features.names(),
                spec.choice(),
                fromMicros,
                toMicros);
    }

    /** Checks a file row by row; answers with the times of its rows. */
    private long[] rowsOf(String name, Manifest.SplitFile file, Labels labels) throws IOException {
        Span span = spec.splitting().span(file.fold());
        RowChecks rows = null;
        try (DatasetFile.Reader reader =
                DatasetFile.reader(
                        folder.resolve(name), features.version(), DatasetSpec.columns(features))) {
            for (FeatureRow row = reader.next(); row != null; row = reader.next()) {
                if (rows == null) {
                    rows =
                            new RowChecks(
                                    name,
                                    replayed(row.gridTimeMicros(), span.endMicros()),
                                    labels,
                                    manifest.scalings().get(file.fold()));
                }
                rows.take(row);
            }
        }
        if (rows == null) {
            checks.add(new Check(name + ": rows of the manifest", false, "no rows"));
            return new long[0];
        }
        checks.addAll(rows.checks(file.rows()));
        return rows.times();
    }

    private void scaling(int fold, long[] train) throws IOException {
        SplitStatistics statistics =
                new SplitStatistics(features.size(), spec.label().type().isClass());
        int next = 0;
        if (train.length > 0) {
            FeatureRows rows = replayed(train[0], train[train.length - 1] + 1);
            for (FeatureRow row = rows.next();
                    row != null && next < train.length;
                    row = rows.next()) {
                if (row.gridTimeMicros() == train[next]) {
                    statistics.add(row.gridTimeMicros(), row.values(), 0);
                    next++;
                }
            }
        }
        Scaling fitted = Scaling.fitted(spec, statistics);
        Scaling said = manifest.scalings().get(fold);
        boolean same =
                Arrays.equals(fitted.means(), said.means())
                        && Arrays.equals(fitted.deviations(), said.deviations());
        checks.add(
                Check.of(
                        "fold=%d: scaling fitted on train".formatted(fold),
                        same ? "" : "train rows give other means and deviations",
                        "%d train rows".formatted(next)));
    }

    /** Rows all over the span, the first after each of evenly spaced times. */
    private void future() throws IOException {
        Span span = spec.splitting().span();
        long length = span.endMicros() - span.beginMicros();
        Map<Long, FeatureRow> samples = new TreeMap<>();
        for (int i = 0; i < SAMPLES; i++) {
            long from = span.beginMicros() + Math.multiplyExact(length, 2 * i + 1) / (2 * SAMPLES);
            FeatureRow row = replayed(from, span.endMicros()).next();
            if (row != null) {
                samples.put(row.gridTimeMicros(), row);
            }
        }
        Optional<FeatureRow> knows =
                samples.isEmpty()
                        ? Optional.empty()
                        : FuturePerturbation.firstThatKnows(spec, List.copyOf(samples.values()));
        String fault =
                samples.isEmpty()
                        ? "there is no row"
                        : knows.map(
                                        row ->
                                                "the row at %d us changes"
                                                        .formatted(row.gridTimeMicros()))
                                .orElse("");
        checks.add(
                Check.of(
                        "future cut off and scrambled",
                        fault,
                        samples.keySet().stream()
                                .map(at -> at + " us")
                                .collect(Collectors.joining(", ", "unchanged: ", ""))));
    }
}
