package io.tidemark.server.models;

import io.tidemark.server.dataset.DatasetOrders;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.training.CertifiedDataset;
import io.tidemark.server.training.DatasetRefusedException;
import io.tidemark.server.training.FoldScores;
import io.tidemark.server.training.Splits;
import io.tidemark.server.training.Target;
import io.tidemark.server.training.Trainer;
import io.tidemark.server.training.TrainingResult;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings, one at a time, each in a thread of its own. */
public final class TrainingRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRuns.class);

    private final Path datasets;
    private final OrderedDataset ordered;
    private final ModelRegistry registry;
    private final ActiveModel active;
    private final Gate gate;
    private final InstantSource clock;
    private final int driftWindow;
    private final String codeVersion;
    private volatile TrainingState state = TrainingState.IDLE;
    private @Nullable Thread thread;

    /**
     * @param driftWindow rows of the windows a model's drift will be read in
     */
    public TrainingRuns(
            Path datasets,
            DatasetOrders orders,
            ModelRegistry registry,
            ActiveModel active,
            Gate gate,
            int driftWindow,
            InstantSource clock) {
        this.datasets = datasets;
        this.ordered = new OrderedDataset(orders);
        this.registry = registry;
        this.active = active;
        this.gate = gate;
        this.driftWindow = driftWindow;
        this.clock = clock;
        this.codeVersion =
                Optional.ofNullable(TrainingRuns.class.getPackage().getImplementationVersion())
                        .orElse("unpackaged");
    }

    /**
     * False when one is under way; nothing is asked for then.
     *
     * @param traceId told with the end of a dataset's build
     * @throws ProblemException when the dataset cannot be asked for
     */
    public synchronized boolean start(TrainingRequest request, String traceId) {
        if (thread != null && thread.isAlive()) {
            return false;
        }
        request.order().ifPresent(order -> ordered.ask(order, traceId));
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
        } catch (ProblemException e) {
            if (Thread.currentThread().isInterrupted()) {
                end(TrainingState.State.CANCELLED, "cancelled");
                return;
            }
            LOG.warn("training on dataset {} failed", request.datasetId(), e);
            end(TrainingState.State.FAILED, String.valueOf(e.getMessage()));
        } catch (DatasetRefusedException | IllegalArgumentException e) {
            end(TrainingState.State.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // Whatever it was, nobody else would end the state: it would say "running" for ever.
            LOG.error("training on dataset {} failed", request.datasetId(), e);
            end(TrainingState.State.FAILED, "internal error; see the server's log");
        }
    }

    private void end(TrainingState.State how, String why) {
        state = state.ended(how, why, clock.instant());
        LOG.info("training on dataset {}: {} ({})", state.datasetId(), how, why);
    }

    private void train(TrainingRequest request) throws DatasetRefusedException {
        double built = request.order().isPresent() ? OrderedDataset.SHARE : 0;
        if (request.order().isPresent()) {
            ordered.await(request.datasetId(), share -> state = state.at(built * share));
        }
        CertifiedDataset dataset = CertifiedDataset.open(datasets, request.datasetId());
        Target target =
                dataset.isClass()
                        ? Target.classesOf(dataset.splits().train().labels(), dataset.reachMicros())
                        : Target.numbers(dataset.reachMicros());
        Trainer trainer =
                new Trainer(
                        dataset.features(),
                        request.algorithm(),
                        request.balanced(),
                        request.seed());
        TrainingResult result =
                trainer.train(
                        dataset.splits(),
                        target,
                        share -> state = state.at(built + (1 - built) * share));
        List<FoldScores> folds = folds(dataset, trainer, result);
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was cancelled");
        }
        byte[] model = ModelFile.write(result.model());
        PackageMaker.Origin origin = origin(request, dataset, folds);
        byte[] report = new ModelReport(result, dataset, origin).html();
        Map<String, byte[]> files = Map.of(PackageStore.MODEL, model, PackageStore.REPORT, report);
        StoredModel made =
                registry.publish(
                        files,
                        number -> PackageMaker.of(number, result, origin, files),
                        dataset.label());
        active.refresh();
        Optional<String> closed = gate.closed(result, dataset, active.peek());
        boolean activates =
                switch (request.activation()) {
                    case IF_BETTER -> closed.isEmpty();
                    case ALWAYS -> true;
                    case NEVER -> false;
                };
        if (activates) {
            var unused =
                    registry.activate(
                            made.number(),
                            request.by(),
                            closed.map(why -> "asked for with its training; the gate: " + why)
                                    .orElse("its loss on validation passed the gate"));
            active.refresh();
        }
        state = state.made(made.version(), activates, closed.orElse(null), clock.instant());
        LOG.info(
                "trained {} of dataset {} as {}; active: {}",
                request.algorithm(),
                request.datasetId(),
                made.version(),
                activates);
    }

    /** The choice on every fold. Those before the last that have other classes are left out. */
    private List<FoldScores> folds(CertifiedDataset last, Trainer trainer, TrainingResult result)
            throws DatasetRefusedException {
        List<FoldScores> folds = new ArrayList<>();
        for (int number = 0; number < last.folds() - 1; number++) {
            Splits splits = last.fold(datasets, number).splits();
            if (result.target().knows(splits)) {
                folds.add(trainer.fold(number, splits, result.target(), result.hyperparameters()));
            }
        }
        folds.add(result.foldScores(last.fold(), last.splits().train()));
        return folds;
    }

    private PackageMaker.Origin origin(
            TrainingRequest request, CertifiedDataset dataset, List<FoldScores> folds) {
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
                dataset.splits().train(),
                folds,
                PackageMaker.drift(dataset.features(), dataset.splits().train(), driftWindow));
    }
}
