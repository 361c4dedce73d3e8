package io.tidemark.server.models;

import io.tidemark.server.model.ModelFile;
import io.tidemark.server.training.CertifiedDataset;
import io.tidemark.server.training.DatasetRefusedException;
import io.tidemark.server.training.Target;
import io.tidemark.server.training.Trainer;
import io.tidemark.server.training.TrainingResult;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings, one at a time, each in a thread of its own. */
public final class TrainingRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRuns.class);

    private final Path datasets;
    private final ModelRegistry registry;
    private final ActiveModel active;
    private final Gate gate;
    private final InstantSource clock;
    private final String codeVersion;
    private volatile TrainingState state = TrainingState.IDLE;
    private @Nullable Thread thread;

    public TrainingRuns(
            Path datasets,
            ModelRegistry registry,
            ActiveModel active,
            Gate gate,
            InstantSource clock) {
        this.datasets = datasets;
        this.registry = registry;
        this.active = active;
        this.gate = gate;
        this.clock = clock;
        this.codeVersion =
                Optional.ofNullable(TrainingRuns.class.getPackage().getImplementationVersion())
                        .orElse("unpackaged");
    }

    /** False when one is under way. */
    public synchronized boolean start(TrainingRequest request) {
        if (thread != null && thread.isAlive()) {
            return false;
        }
        state = TrainingState.started(request, clock.instant());
        thread = new Thread(() -> run(request), "training");
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    /** What runs, or ran last. */
    public TrainingState state() {
        return state;
    }

    /** Asks the one under way to stop; false when there is none. The fit it is at ends first. */
    public synchronized boolean cancel() {
        if (thread == null || !thread.isAlive()) {
            return false;
        }
        thread.interrupt();
        return true;
    }

    @Override
    public void close() {
        var unused = cancel();
    }

    private void run(TrainingRequest request) {
        try {
            train(request);
        } catch (CancellationException e) {
            end(TrainingState.State.CANCELLED, "cancelled");
        } catch (DatasetRefusedException | IllegalArgumentException e) {
            end(TrainingState.State.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("training on dataset {} failed", request.datasetId(), e);
            end(TrainingState.State.FAILED, "internal error; see the server's log");
        }
    }

    private void end(TrainingState.State how, String why) {
        state = state.ended(how, why, clock.instant());
        LOG.info("training on dataset {}: {} ({})", state.datasetId(), how, why);
    }

    private void train(TrainingRequest request) throws DatasetRefusedException {
        CertifiedDataset dataset = CertifiedDataset.open(datasets, request.datasetId());
        Target target =
                dataset.isClass()
                        ? Target.classesOf(dataset.splits().train().labels(), dataset.reachMicros())
                        : Target.numbers(dataset.reachMicros());
        TrainingResult result =
                new Trainer(
                                dataset.features(),
                                request.algorithm(),
                                request.balanced(),
                                request.seed())
                        .train(dataset.splits(), target, share -> state = state.at(share));
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was cancelled");
        }
        byte[] model = ModelFile.write(result.model());
        PackageMaker.Origin origin = origin(request, dataset);
        StoredModel made =
                registry.publish(model, number -> PackageMaker.of(number, result, origin, model));
        active.refresh();
        Optional<String> closed =
                request.activate()
                        ? gate.closed(result, dataset, active.peek())
                        : Optional.of("not asked to");
        if (closed.isEmpty()) {
            var unused =
                    registry.activate(
                            made.number(), request.by(), "its loss on validation passed the gate");
            active.refresh();
        }
        state = state.made(made.version(), closed.isEmpty(), closed.orElse(null), clock.instant());
        LOG.info(
                "trained {} of dataset {} as {}; active: {}",
                request.algorithm(),
                request.datasetId(),
                made.version(),
                closed.isEmpty());
    }

    private PackageMaker.Origin origin(TrainingRequest request, CertifiedDataset dataset) {
        return new PackageMaker.Origin(
                new ModelPackage.Dataset(
                        dataset.id(),
                        dataset.symbol(),
                        dataset.fold(),
                        dataset.manifestSha256(),
                        dataset.certificateSha256()),
                dataset.registryVersion(),
                dataset.features(),
                request.missing(),
                dataset.labelType(),
                dataset.horizonMicros(),
                dataset.threshold(),
                request.seed(),
                clock.instant().toString(),
                codeVersion,
                dataset.splits().train());
    }
}
