package io.tidemark.local.dataset;

import io.tidemark.job.dataset.BuildWatch;
import io.tidemark.job.dataset.Certificate;
import io.tidemark.job.dataset.Certification;
import io.tidemark.job.dataset.DatasetBuild;
import io.tidemark.job.dataset.DatasetFolder;
import io.tidemark.job.dataset.DatasetMade;
import io.tidemark.job.dataset.DatasetSpec;
import io.tidemark.job.replay.Replay;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.job.replay.ReplayRequest;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.replay.LocalReplay;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Builds and certifies datasets in this process: the replay on a mini cluster, the rest here. */
public final class LocalDataset {
    private final int parallelism;
    private final StopSignal stop;
    private final Watcher watcher;
    private final long began = System.nanoTime();

    /** Who is told how far it is. */
    @FunctionalInterface
    public interface Watcher {
        /** Called often. */
        void at(double fractionDone, double seconds, String doing);
    }

    /** Until the signal is given. */
    public LocalDataset(int parallelism, StopSignal stop, Watcher watcher) {
        this.parallelism = parallelism;
        this.stop = stop;
        this.watcher = watcher;
    }

    /**
     * Builds a dataset.
     *
     * @param datasets the folder that gets the dataset's
     * @return empty when the stop signal came first: nothing is left of it then
     * @throws IOException when it cannot be made
     */
    public Optional<DatasetMade> build(DatasetSpec spec, Path datasets)
            throws IOException, InterruptedException {
        try (DatasetBuild build = DatasetBuild.begin(spec, datasets, InstantSource.system())) {
            Optional<ReplayCounts> counts = replay(build.replay());
            return counts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(build.finish(counts.get(), rest("labels, splits, certificate")));
        } catch (StoppedException e) {
            return Optional.empty();
        }
    }

    /**
     * Certifies a dataset from scratch.
     *
     * @return empty when the stop signal came first
     * @throws IOException when it is no dataset, or the archive is not there
     */
    public Optional<Certificate> certify(Path dataset, String archiveRoot)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("tidemark-certify-");
        try {
            Certification certification = Certification.of(dataset, archiveRoot, work);
            return replay(certification.replay()).isEmpty()
                    ? Optional.empty()
                    : Optional.of(certification.certify(rest("checks")));
        } catch (StoppedException e) {
            return Optional.empty();
        } finally {
            DatasetFolder.remove(work);
        }
    }

    private Optional<ReplayCounts> replay(ReplayRequest request)
            throws IOException, InterruptedException {
        return LocalReplay.run(
                Replay.of(request, parallelism),
                parallelism,
                stop,
                (fraction, seconds, counts) ->
                        watcher.at(
                                fraction * DatasetBuild.REPLAY_SHARE,
                                seconds(),
                                "%,d rows replayed".formatted(counts.rows())));
    }

    private BuildWatch rest(String doing) {
        return ((BuildWatch)
                        fraction -> {
                            if (stop.isGiven()) {
                                throw new StoppedException();
                            }
                            watcher.at(fraction, seconds(), doing);
                        })
                .part(DatasetBuild.REPLAY_SHARE, 1);
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private static final class StoppedException extends InterruptedIOException {
        private static final long serialVersionUID = 1L;
    }
}
