package io.tidemark.server.models;

import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model that answers. Looked for every second, so that what another server activated arrives
 * here too; swapped as a whole, so that a request has one model from begin to end. While a newer
 * one cannot be loaded the one before goes on.
 */
public final class ActiveModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveModel.class);

    private final ModelRegistry registry;
    private final ScheduledExecutorService thread;
    private volatile @Nullable LoadedModel loaded;
    private volatile Optional<String> trouble = Optional.of("no model was looked for yet");

    private ActiveModel(ModelRegistry registry) {
        this.registry = registry;
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread looking = new Thread(task, "active-model");
                            looking.setDaemon(true);
                            return looking;
                        });
    }

    public static ActiveModel start(ModelRegistry registry) {
        ActiveModel active = new ActiveModel(registry);
        var unused = active.thread.scheduleWithFixedDelay(active::refresh, 0, 1, TimeUnit.SECONDS);
        return active;
    }

    /** The model, or a problem when there is none. */
    public LoadedModel get() {
        LoadedModel now = loaded;
        if (now == null) {
            throw new ProblemException(
                    ProblemType.NO_ACTIVE_MODEL, trouble.orElse("no model is active"));
        }
        return now;
    }

    /** The model, when there is one. */
    public Optional<LoadedModel> peek() {
        return Optional.ofNullable(loaded);
    }

    /** Why the model is not the one that should be active; empty when it is. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Takes up what is active now. Never throws. */
    public synchronized void refresh() {
        try {
            Optional<StoredModel> active = registry.active();
            if (active.isEmpty()) {
                trouble = Optional.of("no model is active");
                return;
            }
            LoadedModel now = loaded;
            if (now == null || !now.sha256().equals(active.get().packageSha256())) {
                loaded = registry.load(active.get());
                LOG.info("model {} answers now", active.get().version());
            }
            trouble = Optional.empty();
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            if (!trouble.equals(Optional.of(why))) {
                LOG.warn("the active model cannot be taken up: {}", why, e);
            }
            trouble = Optional.of(why);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
