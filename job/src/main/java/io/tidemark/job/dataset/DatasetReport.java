package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.report.Chart;
import io.tidemark.report.ReportPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A page to look at beside a dataset: what is in which split, of each day how much, how classes are
 * balanced, and how each feature is distributed in each split. Made of the files of the first fold
 * in one pass; keeps a sample of each.
 */
final class DatasetReport {
    /** Its place in the folder. */
    static final String NAME = "report.html";

    private static final int BINS = 30;
    private static final double TAIL = 0.005;

    private final DatasetSpec spec;
    private final FeatureSet features;
    private final Manifest manifest;
    private final Certificate certificate;
    private final Map<String, SampledRows> samples = new LinkedHashMap<>();
    private final TreeMap<LocalDate, Double> rowsOfDays = new TreeMap<>();
    private final TreeMap<String, Map<String, Long>> classes = new TreeMap<>();

    DatasetReport(DatasetSpec spec, Manifest manifest, Certificate certificate) {
        this.spec = spec;
        this.features = spec.registry().compile();
        this.manifest = manifest;
        this.certificate = certificate;
    }

    /** Reads the dataset's files and writes the page beside them. */
    void write(Path dataset) throws IOException {
        for (Map.Entry<String, Manifest.SplitFile> one : manifest.files().entrySet()) {
            if (one.getValue().fold() == 0) {
                read(dataset.resolve(one.getKey()), one.getValue().split());
            }
        }
        Path file = dataset.resolve(NAME);
        Files.writeString(file, page().html(), StandardCharsets.UTF_8);
        DatasetFile.sync(file);
    }

    private void read(Path file, String split) throws IOException {
        SampledRows sample = new SampledRows(features.size());
        boolean isClass = spec.label().type().isClass();
        try (DatasetFile.Reader reader =
                DatasetFile.reader(file, features.version(), DatasetSpec.columns(features))) {
            for (FeatureRow row = reader.next(); row != null; row = reader.next()) {
                sample.offer(row.values());
                rowsOfDays.merge(day(row.gridTimeMicros()), 1.0, Double::sum);
                if (isClass) {
                    double label = row.values()[features.size()];
                    classes.computeIfAbsent(text(label), none -> new LinkedHashMap<>())
                            .merge(split, 1L, Long::sum);
                }
            }
        }
        samples.put(split, sample);
    }

    private static LocalDate day(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String text(double label) {
        return label == Math.rint(label) ? Long.toString((long) label) : Double.toString(label);
    }

    private ReportPage page() {
        ReportPage page =
                new ReportPage(
                        "Dataset " + manifest.datasetId(),
                        "%s, registry %s, made %s; %s"
                                .formatted(
                                        manifest.symbol(),
                                        features.version(),
                                        manifest.createdAt(),
                                        certificate.passed()
                                                ? "certified"
                                                : "not certified: " + certificate.failed()));
        page.heading("Splits").table(List.of("file", "rows", "bytes", "SHA-256"), files());
        page.chart(Chart.calendar("rows of each day, as a share of all there can be", coverage()));
        if (!classes.isEmpty()) {
            page.chart(balance());
        }
        page.heading("Features")
                .paragraph(
                        "Shares of each split over the range of train, half a percent at either end"
                                + " left out; of up to "
                                + SampledRows.MOST
                                + " rows a split, drawn by a fixed seed.");
        for (int i = 0; i < features.size(); i++) {
            page.chart(distribution(i));
        }
        return page;
    }

    private List<List<String>> files() {
        List<List<String>> rows = new ArrayList<>();
        manifest.files()
                .forEach(
                        (name, file) ->
                                rows.add(
                                        List.of(
                                                name,
                                                "%,d".formatted(file.rows()),
                                                "%,d".formatted(file.bytes()),
                                                file.sha256())));
        return rows;
    }

    private SortedMap<LocalDate, Double> coverage() {
        double possible = (double) ChronoUnit.DAYS.getDuration().toNanos() / 1_000;
        double most = possible / features.cadenceMicros();
        SortedMap<LocalDate, Double> shares = new TreeMap<>();
        rowsOfDays.forEach((day, rows) -> shares.put(day, Math.min(1, rows / most)));
        return shares;
    }

    private Chart balance() {
        Map<String, double[]> series = new LinkedHashMap<>();
        for (String split : samples.keySet()) {
            double[] shares =
                    classes.values().stream()
                            .mapToDouble(counts -> counts.getOrDefault(split, 0L))
                            .toArray();
            double all = 0;
            for (double count : shares) {
                all += count;
            }
            for (int i = 0; i < shares.length; i++) {
                shares[i] /= Math.max(1, all);
            }
            series.put(split, shares);
        }
        return Chart.bars("share of each class", List.copyOf(classes.keySet()), series);
    }

    private Chart distribution(int feature) {
        SampledRows train = samples.getOrDefault("train", samples.values().iterator().next());
        double low = train.quantile(feature, TAIL);
        double high = train.quantile(feature, 1 - TAIL);
        Map<String, List<Chart.Point>> series = new LinkedHashMap<>();
        StringBuilder missing = new StringBuilder();
        samples.forEach(
                (split, sample) -> {
                    double[] shares = sample.histogram(feature, low, high, BINS);
                    List<Chart.Point> points = new ArrayList<>();
                    for (int bin = 0; bin < shares.length; bin++) {
                        double middle = low + (high - low) * (bin + 0.5) / shares.length;
                        points.add(new Chart.Point(middle, shares[bin]));
                    }
                    series.put(split, points);
                    double undefined = sample.undefined(feature);
                    if (undefined > 0) {
                        missing.append(
                                "%s %s %.1f %%"
                                        .formatted(
                                                missing.isEmpty() ? "; undefined in" : ",",
                                                split,
                                                100 * undefined));
                    }
                });
        return Chart.curves(features.names().get(feature) + missing, "", "", series);
    }
}
