package io.tidemark.server.performance;

import io.tidemark.features.sequential.LossComparison;
import io.tidemark.server.models.ModelActivation;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.ModelSettings;
import io.tidemark.server.models.Rivals;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the active version with its rivals, by a test that may be looked at any time ({@link
 * LossComparison}), and goes back to the previous version when that is proven better and the
 * settings allow it. What is known is a function of the predictions and outcomes stored: after a
 * restart it is read again. A rollback by this is in the activations as anybody's, and never
 * followed by another: the way forward again is a person's.
 */
public final class Contests implements AutoCloseable {
    /** Who activated, in the history. */
    public static final String AUTOMATIC = "automatic rollback";

    private static final Logger LOG = LoggerFactory.getLogger(Contests.class);
    private static final long EVERY_SECONDS = 20;

    private final Jdbi reads;
    private final ModelRegistry registry;
    private final ForetoldLabels labels;
    private final LossComparison comparison;
    private final boolean autoRollback;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final Map<Long, RunningContest> running = new HashMap<>();
    private long activation;
    private volatile List<Contest> known = List.of();

    private Contests(
            Jdbi reads, ModelRegistry registry, ModelSettings settings, InstantSource clock) {
        this.reads = reads;
        this.registry = registry;
        this.labels = new ForetoldLabels(registry);
        this.comparison = LossComparison.atLevel(settings.comparisonLevel());
        this.autoRollback = settings.autoRollback();
        this.clock = clock;
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread looking = new Thread(task, "contests");
                            looking.setDaemon(true);
                            return looking;
                        });
    }

    public static Contests start(
            Jdbi reads, ModelRegistry registry, ModelSettings settings, InstantSource clock) {
        Contests contests = new Contests(reads, registry, settings, clock);
        var unused =
                contests.thread.scheduleWithFixedDelay(
                        contests::attempt, 1, EVERY_SECONDS, TimeUnit.SECONDS);
        return contests;
    }

    /** As of the last look. */
    List<Contest> now() {
        return known;
    }

    private void attempt() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn(
                    "models could not be compared, trying again: {}",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void look() {
        Optional<Rivals> rivals = registry.rivals();
        if (rivals.isEmpty()) {
            return;
        }
        ModelActivation champion = rivals.get().champion();
        if (champion.number() != activation) {
            running.clear();
            activation = champion.number();
        }
        List<Contest> told = new ArrayList<>();
        for (long rival : rivals.get().others()) {
            RunningContest contest = contest(rivals.get(), rival);
            if (contest == null) {
                continue;
            }
            contest.look(reads, clock.instant());
            told.add(contest.told());
            boolean previous = rivals.get().previous().equals(Optional.of(rival));
            if (previous && contest.isBetter()) {
                rollBack(champion, contest.told());
            }
        }
        known = List.copyOf(told);
    }

    /** Null when the two foretell different things. */
    private @Nullable RunningContest contest(Rivals rivals, long rival) {
        RunningContest known = running.get(rival);
        if (known != null) {
            return known;
        }
        ForetoldLabels.Foretold foretold = labels.of(rivals.champion().version());
        ForetoldLabels.Foretold byRival = labels.of(rival);
        if (!foretold.text().equals(byRival.text())) {
            return null;
        }
        RunningContest contest =
                new RunningContest(
                        rivals.champion().version(),
                        rival,
                        rivals.challenger().equals(Optional.of(rival)) ? "challenger" : "previous",
                        rivals.champion().activatedAt().toInstant(),
                        foretold,
                        byRival,
                        comparison);
        running.put(rival, contest);
        return contest;
    }

    private void rollBack(ModelActivation champion, Contest proof) {
        if (!autoRollback || champion.activatedBy().equals(AUTOMATIC)) {
            return;
        }
        String reason =
                "%s is proven worse than %s: its Brier score is %.6g larger over %d periods, evidence %.4g"
                        .formatted(
                                proof.champion(),
                                proof.rival(),
                                proof.meanDifference(),
                                proof.periods(),
                                proof.evidenceBetter());
        if (registry.rollbackOf(champion, AUTOMATIC, reason).isPresent()) {
            LOG.warn("rolled back: {}", reason);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
