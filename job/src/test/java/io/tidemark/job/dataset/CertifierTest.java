package io.tidemark.job.dataset;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.features.split.Place;
import io.tidemark.features.split.Separation;
import io.tidemark.job.archive.FeatureColumns;
import io.tidemark.job.archive.FeatureRowFiles;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.archive.WrittenArchive;
import io.tidemark.job.features.Events;
import io.tidemark.job.features.SymbolReplay;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets as they should be are certified; with a leak of each kind planted they are not. */
class CertifierTest {
    private static final FeatureSet FEATURES = FeatureSet.builtIn("1.0.0");
    private static final int SECONDS = 5_000;
    private static final String TRAIN = "fold=0/split=train/rows.parquet";

    @TempDir static Path shared;
    @TempDir Path folder;

    @BeforeAll
    static void archiveAndRows() throws IOException {
        List<MarketEvent> events = Events.market(3, 1, SECONDS);
        new WrittenArchive(shared).add(events, Verdict.ACCEPTED);
        FeatureColumns columns = FeatureColumns.of("1.0.0", FEATURES.names());
        List<FeatureRow> rows = new ArrayList<>();
        SymbolReplay replay = new SymbolReplay(FEATURES, "SYM0", keeping(rows));
        events.forEach(replay::accept);
        replay.closeThrough((Events.NOON + SECONDS * 1_000L) * 1_000);
        try (FeatureRowFiles files = new FeatureRowFiles(rowsRoot(), columns, "test")) {
            for (FeatureRow row : rows) {
                files.write(row);
            }
            files.publish();
        }
    }

    private static SymbolReplay.Rows keeping(List<FeatureRow> rows) {
        return new SymbolReplay.Rows() {
            @Override
            public boolean wants(long gridTimeMicros) {
                return true;
            }

            @Override
            public void row(FeatureRow row) {
                rows.add(row);
            }

            @Override
            public void duplicate(MarketEvent event) {}
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dataset.scale=none",
                "dataset.scale=z_score,dataset.clip=3",
                "dataset.format=csv,dataset.scale=z_score",
                "dataset.target=classification,dataset.threshold=0.0001",
                "dataset.target=triple_barrier,dataset.horizon=30s",
                "dataset.target=risk_adjusted,dataset.volatility-window=1m",
                "dataset.target=next_candle_direction,dataset.price-source=mid",
                "dataset.split=walk_forward,dataset.train-window=20m,dataset.validation-window=5m,"
                        + "dataset.test-window=5m,dataset.step=10m",
                "dataset.split=purged_k_fold,dataset.k=3"
            })
    void certifiesWhatIsAsItShouldBe(String settings) throws IOException {
        DatasetSpec spec = spec(settings);
        build(spec);
        assertThat(certify(spec)).isEmpty();
    }

    @Test
    void aFeatureThatUsesT() throws IOException {
        DatasetSpec spec = spec("");
        List<FoldSummary> folds = build(spec);
        // The row of the next step under this step's time: it knows events at T and after.
        rewrite(
                spec,
                folds,
                rows -> {
                    List<FeatureRow> leaking = new ArrayList<>(rows);
                    FeatureRow own = rows.get(50);
                    leaking.set(50, with(rows.get(51), own.gridTimeMicros(), label(own)));
                    return leaking;
                });
        assertThat(certify(spec))
                .containsExactlyInAnyOrder(
                        TRAIN + ": only the past", TRAIN + ": rows of the archive");
    }

    @Test
    void aLabelThatCrossesASplit() throws IOException {
        DatasetSpec spec = spec("");
        List<FoldSummary> folds = build(spec);
        rewrite(spec, folds, rows -> plus(rows, spec, Place.PURGED));
        assertThat(certify(spec)).contains("fold=0: no label or lookback crosses a split");
    }

    @Test
    void aTrainRowInsideTheEmbargo() throws IOException {
        DatasetSpec spec = spec("dataset.split=purged_k_fold,dataset.k=3,dataset.embargo=15m");
        List<FoldSummary> folds = build(spec);
        rewrite(spec, folds, rows -> plus(rows, spec, Place.EMBARGOED));
        assertThat(certify(spec))
                .contains("fold=0: embargo")
                .doesNotContain("fold=0: no label or lookback crosses a split");
    }

    @Test
    void aScalerFittedOnTest() throws IOException {
        DatasetSpec spec = spec("dataset.scale=z_score");
        FoldSummary fold = build(spec).get(0);
        SplitStatistics all = new SplitStatistics(FEATURES.size(), false);
        for (FeatureRow row : replayed(spec)) {
            all.add(row.gridTimeMicros(), row.values(), 0);
        }
        Scaling leaking = Scaling.fitted(spec, all);
        for (String file : List.of("train", "validation", "test")) {
            Path path = folder.resolve("fold=0/split=" + file + "/rows.parquet");
            Map<Long, FeatureRow> raw = new HashMap<>();
            replayed(spec).forEach(row -> raw.put(row.gridTimeMicros(), row));
            write(
                    path,
                    read(path).stream()
                            .map(
                                    row ->
                                            DatasetAssembly.scaled(
                                                    requireNonNull(raw.get(row.gridTimeMicros())),
                                                    label(row),
                                                    leaking))
                            .toList());
        }
        manifest(
                spec,
                List.of(
                        new FoldSummary(
                                0, fold.statistics(), fold.places(), fold.unlabelled(), leaking)));
        assertThat(certify(spec)).containsExactly("fold=0: scaling fitted on train");
    }

    @Test
    void aTargetShiftedByOne() throws IOException {
        DatasetSpec spec = spec("");
        List<FoldSummary> folds = build(spec);
        rewrite(
                spec,
                folds,
                rows -> {
                    List<FeatureRow> shifted = new ArrayList<>();
                    for (int i = 0; i < rows.size(); i++) {
                        int from = Math.max(0, i - 1);
                        shifted.add(
                                with(
                                        rows.get(i),
                                        rows.get(i).gridTimeMicros(),
                                        label(rows.get(from))));
                    }
                    return shifted;
                });
        assertThat(certify(spec)).containsExactly(TRAIN + ": labels of the archive");
    }

    @Test
    void rowsDealtOutByChanceAreNeverCertified() throws IOException {
        DatasetSpec spec = spec("dataset.split=random");
        build(spec);
        assertThat(certify(spec)).contains("fold=0: no label or lookback crosses a split");
    }

    @Test
    void aFileThatIsNotTheManifests() throws IOException {
        DatasetSpec spec = spec("");
        build(spec);
        Path file = folder.resolve(TRAIN);
        write(file, read(file).subList(0, 100));
        assertThat(certify(spec))
                .contains("files of the manifest", TRAIN + ": rows of the manifest");
    }

    @Test
    void aFileTheManifestDoesNotKnow() throws IOException {
        DatasetSpec spec = spec("dataset.format=csv");
        build(spec);
        Files.writeString(folder.resolve("fold=0/split=train/more.csv"), "");
        assertThat(certify(spec)).containsExactly("files of the manifest");
    }

    @Test
    void theManifestGivesTheSpecificationAgain() throws IOException {
        DatasetSpec spec = spec("dataset.split=purged_k_fold,dataset.k=3,dataset.clip=2.5");
        build(spec);
        assertThat(Manifest.of(folder).spec(spec.archiveRoot())).isEqualTo(spec);
    }

    @Test
    void refusesAFeatureThatIsSeldomDefined() {
        // The archive begins at noon: until there are two returns volatility is undefined.
        String fromTheBeginning =
                "dataset.train=2026-08-09T12:00:00/2026-08-09T12:50:00,dataset.max-nan-rate=0.0001";
        assertThatThrownBy(() -> build(spec(fromTheBeginning)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("of the train rows are undefined");
    }

    /** The rows and those of the span that went elsewhere, one of them. */
    private List<FeatureRow> plus(List<FeatureRow> rows, DatasetSpec spec, Place elsewhere) {
        try {
            Separation apart = spec.separation(FEATURES);
            Map<Long, FeatureRow> byTime = new java.util.TreeMap<>();
            rows.forEach(row -> byTime.put(row.gridTimeMicros(), row));
            var labels =
                    new io.tidemark.features.label.Labels(
                            spec.label(), LabelPrices.of(spec, FEATURES, rowsRoot()));
            List<FeatureRow> out =
                    replayed(spec).stream()
                            .filter(
                                    row ->
                                            spec.splitting().of(0, row.gridTimeMicros(), apart)
                                                    == elsewhere)
                            .toList();
            FeatureRow planted = out.get(out.size() / 2);
            double[] values =
                    java.util.Arrays.copyOf(planted.values(), planted.values().length + 1);
            byTime.put(
                    planted.gridTimeMicros(),
                    with(
                            new FeatureRow(
                                    planted.symbol(),
                                    planted.gridTimeMicros(),
                                    planted.registryVersion(),
                                    values,
                                    planted.completeness(),
                                    planted.eventCount(),
                                    planted.maxEventTimeMicros()),
                            planted.gridTimeMicros(),
                            labels.at(planted.gridTimeMicros())));
            return List.copyOf(byTime.values());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double label(FeatureRow row) {
        return row.values()[row.values().length - 1];
    }

    private static FeatureRow with(FeatureRow row, long at, double label) {
        double[] values = row.values().clone();
        values[values.length - 1] = label;
        return new FeatureRow(
                row.symbol(),
                at,
                row.registryVersion(),
                values,
                row.completeness(),
                row.eventCount(),
                row.maxEventTimeMicros());
    }

    /** As a builder would that leaks: its manifest fits its files. */
    private void rewrite(
            DatasetSpec spec, List<FoldSummary> folds, UnaryOperator<List<FeatureRow>> change)
            throws IOException {
        Path file = folder.resolve(TRAIN);
        write(file, change.apply(read(file)));
        manifest(spec, folds);
    }

    private void manifest(DatasetSpec spec, List<FoldSummary> folds) throws IOException {
        new ManifestWriter(spec, folder)
                .write(Instant.EPOCH, new ReplayCounts(1, 2, 3, 4), List.of(), folds);
    }

    private static List<FeatureRow> read(Path file) throws IOException {
        List<FeatureRow> rows = new ArrayList<>();
        try (DatasetFile.Reader reader =
                DatasetFile.reader(file, "1.0.0", DatasetSpec.columns(FEATURES))) {
            for (FeatureRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static void write(Path file, List<FeatureRow> rows) throws IOException {
        Files.delete(file);
        try (DatasetFile.Writer writer =
                DatasetFile.writer(file, "1.0.0", DatasetSpec.columns(FEATURES))) {
            for (FeatureRow row : rows) {
                writer.write(row);
            }
        }
    }

    private static List<FeatureRow> replayed(DatasetSpec spec) throws IOException {
        List<FeatureRow> all = new ArrayList<>();
        FeatureRows rows =
                FeatureRows.in(
                        rowsRoot(),
                        "1.0.0",
                        FEATURES.names(),
                        spec.choice(),
                        spec.splitting().span().beginMicros(),
                        spec.splitting().span().endMicros());
        for (FeatureRow row = rows.next(); row != null; row = rows.next()) {
            all.add(row);
        }
        return all;
    }

    private List<FoldSummary> build(DatasetSpec spec) throws IOException {
        List<FoldSummary> folds =
                new DatasetAssembly(spec, rowsRoot()).write(folder, BuildWatch.NONE);
        manifest(spec, folds);
        return folds;
    }

    /** The names of the checks that failed, by the manifest that lies in the folder. */
    private List<String> certify(DatasetSpec spec) throws IOException {
        Certificate certificate =
                new Certifier(spec, folder, Manifest.of(folder), rowsRoot())
                        .certify(BuildWatch.NONE);
        assertThat(certificate.checks()).hasSizeGreaterThan(6);
        return certificate.failed().stream().map(Certificate.Check::name).toList();
    }

    private static org.apache.flink.core.fs.Path rowsRoot() {
        return new org.apache.flink.core.fs.Path(shared.resolve("rows").toString());
    }

    private static DatasetSpec spec(String settings) {
        Map<String, String> flags = new HashMap<>();
        flags.put("archive.root", shared.toString());
        flags.put("dataset.id", "test");
        flags.put("dataset.symbol", "SYM0");
        flags.put("dataset.span", "2026-08-09T12:00:00/2026-08-09T13:20:00");
        flags.put("dataset.train", "2026-08-09T12:10:00/2026-08-09T12:50:00");
        flags.put("dataset.validation", "2026-08-09T12:50:00/2026-08-09T13:05:00");
        flags.put("dataset.test", "2026-08-09T13:05:00/2026-08-09T13:20:00");
        for (String one : settings.split(",")) {
            if (!one.isEmpty()) {
                flags.put(one.split("=")[0], one.split("=")[1]);
            }
        }
        SettingsReader reader = new SettingsReader(SettingsSource.builder().flags(flags).build());
        var spec = DatasetSettings.from(reader);
        reader.throwIfInvalid();
        return spec.orElseThrow();
    }
}
