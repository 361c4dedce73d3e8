package io.tidemark.job.dataset;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.features.split.Span;
import io.tidemark.job.archive.RawInputs;
import io.tidemark.job.archive.RawInputs.Period;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.job.replay.ReplayRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A dataset from the archive, in two steps: rows are replayed by a Flink job, which the caller
 * runs; then {@link #finish} labels, splits, certifies and publishes them. Nothing of it is to be
 * seen before it is whole.
 */
public final class DatasetBuild implements AutoCloseable {
    /** How much of the time is about spent when rows are replayed. */
    public static final double REPLAY_SHARE = 0.6;

    private static final double WRITTEN = 0.3;

    private final DatasetSpec spec;
    private final FeatureSet features;
    private final DatasetFolder folder;
    private final InstantSource clock;

    private DatasetBuild(DatasetSpec spec, DatasetFolder folder, InstantSource clock) {
        this.spec = spec;
        this.features = spec.registry().compile();
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Begins a build.
     *
     * @param datasets the folder that gets the dataset's
     * @throws DatasetException when the archive lacks hours of the span, saying which there are;
     *     when there is a dataset of that id
     */
    public static DatasetBuild begin(DatasetSpec spec, Path datasets, InstantSource clock)
            throws IOException {
        refuseMissingHistory(spec);
        return new DatasetBuild(spec, DatasetFolder.begin(datasets, spec.id()), clock);
    }

    private static void refuseMissingHistory(DatasetSpec spec) throws IOException {
        Span span = spec.splitting().span();
        List<Period> periods = RawInputs.in(root(spec.archiveRoot())).periods();
        boolean covered =
                periods.stream()
                        .anyMatch(
                                one ->
                                        spec.allowGaps()
                                                ? one.fromMicros() < span.endMicros()
                                                        && one.toMicros() > span.beginMicros()
                                                : one.fromMicros() <= span.beginMicros()
                                                        && one.toMicros() >= span.endMicros());
        if (!covered) {
            throw new DatasetException(
                    "the archive lacks hours of %s; it has %s"
                            .formatted(
                                    new Period(span.beginMicros(), span.endMicros()),
                                    periods.isEmpty()
                                            ? "nothing"
                                            : periods.stream()
                                                    .map(Period::toString)
                                                    .collect(Collectors.joining(", "))));
        }
    }

    /** The replay that must have run before {@link #finish}. */
    public ReplayRequest replay() {
        return replay(spec, features, folder.replayed());
    }

    /** The rows of a specification, into a place of their own. */
    static ReplayRequest replay(DatasetSpec spec, FeatureSet features, Path out) {
        Span span =
                spec.midPrices() ? LabelPrices.reached(spec, features) : spec.splitting().span();
        return new ReplayRequest(
                spec.archiveRoot(),
                out.toString(),
                span.beginMicros(),
                span.endMicros(),
                List.of(spec.symbol()),
                spec.registry(),
                spec.view(),
                0);
    }

    /**
     * Makes the dataset of the rows that were replayed.
     *
     * @throws DatasetException when it would be of no use, or is not certified; rows split by
     *     chance never are, and are published all the same
     */
    public DatasetMade finish(ReplayCounts replayed, BuildWatch watch) throws IOException {
        org.apache.flink.core.fs.Path rows = root(folder.replayed().toString());
        if (replayed.rows() == 0) {
            throw new DatasetException("the archive has no events of " + spec.symbol());
        }
        List<FoldSummary> folds =
                new DatasetAssembly(spec, rows).write(folder.path(), watch.part(0, WRITTEN));
        Span reached = LabelPrices.reached(spec, features);
        new ManifestWriter(spec, folder.path())
                .write(
                        clock.instant(),
                        replayed,
                        RawInputs.in(root(spec.archiveRoot()))
                                .days(
                                        reached.beginMicros() - features.lookbackMicros(),
                                        reached.endMicros()),
                        folds);
        Manifest manifest = Manifest.of(folder.path());
        Certificate certificate =
                new Certifier(spec, folder.path(), manifest, rows).certify(watch.part(WRITTEN, 1));
        if (!certificate.passed() && spec.splitting().random().isEmpty()) {
            throw new DatasetException("not certified: " + certificate.failed());
        }
        certificate.write(folder.path(), clock.instant());
        new DatasetReport(spec, manifest, certificate).write(folder.path());
        Map<String, Long> bySplit = new TreeMap<>();
        manifest.files()
                .values()
                .forEach(file -> bySplit.merge(file.split(), file.rows(), Long::sum));
        return new DatasetMade(folder.publish(), certificate, bySplit);
    }

    private static org.apache.flink.core.fs.Path root(String place) {
        return new org.apache.flink.core.fs.Path(place);
    }

    /** Removes all of a dataset that was not finished. */
    @Override
    public void close() throws IOException {
        folder.close();
    }
}
