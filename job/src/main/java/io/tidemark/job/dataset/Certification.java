package io.tidemark.job.dataset;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.replay.ReplayRequest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A published dataset looked at again from scratch: by its manifest and the archive alone. The
 * caller runs the replay before {@link #certify}.
 */
public final class Certification {
    private final Path dataset;
    private final Manifest manifest;
    private final DatasetSpec spec;
    private final FeatureSet features;
    private final Path work;

    private Certification(Path dataset, Manifest manifest, DatasetSpec spec, Path work) {
        this.dataset = dataset;
        this.manifest = manifest;
        this.spec = spec;
        this.features = spec.registry().compile();
        this.work = work;
    }

    /**
     * Of a dataset's folder.
     *
     * @param work gets the replayed rows; the caller removes it
     * @throws IOException when it is no dataset
     */
    public static Certification of(Path dataset, String archiveRoot, Path work) throws IOException {
        Manifest manifest = Manifest.of(dataset);
        try {
            return new Certification(dataset, manifest, manifest.spec(archiveRoot), work);
        } catch (RuntimeException e) {
            throw new DatasetException(
                    "the manifest of %s gives no dataset: %s".formatted(dataset, e.getMessage()));
        }
    }

    /** The replay that must have run before {@link #certify}. */
    public ReplayRequest replay() {
        return DatasetBuild.replay(spec, features, work);
    }

    /** Makes every check; changes nothing in the dataset. */
    public Certificate certify(BuildWatch watch) throws IOException {
        return new Certifier(
                        spec, dataset, manifest, new org.apache.flink.core.fs.Path(work.toString()))
                .certify(watch);
    }
}
