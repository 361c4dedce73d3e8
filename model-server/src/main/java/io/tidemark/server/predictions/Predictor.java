package io.tidemark.server.predictions;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.server.features.LatestRows;
import io.tidemark.server.models.ActiveModel;
import io.tidemark.server.models.LoadedModel;
import io.tidemark.server.models.ModelPackage;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.StoredModel;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** From what was asked to an answer and its record; one model for all of a request. */
final class Predictor {
    private static final int MOST_LOADED = 8;

    private final LatestRows rows;
    private final ModelRegistry registry;
    private final ActiveModel active;
    private final Duration maxFeatureAge;
    private final InstantSource clock;
    private final Map<Long, LoadedModel> others = new ConcurrentHashMap<>();

    Predictor(
            LatestRows rows,
            ModelRegistry registry,
            ActiveModel active,
            Duration maxFeatureAge,
            InstantSource clock) {
        this.rows = rows;
        this.registry = registry;
        this.active = active;
        this.maxFeatureAge = maxFeatureAge;
        this.clock = clock;
    }

    /** The active model; or the version asked for, kept loaded with a few others. */
    LoadedModel model(Optional<String> version) {
        if (version.isEmpty() || version.get().equals("active")) {
            return active.get();
        }
        long number =
                ModelRegistry.number(version.get())
                        .orElseThrow(
                                () ->
                                        Asked.invalid(
                                                "/model",
                                                "a model is 'active', v1, v2, and so on"));
        LoadedModel known = others.get(number);
        if (known != null) {
            return known;
        }
        StoredModel stored = registry.version(number);
        LoadedModel loaded = registry.load(stored);
        if (others.size() >= MOST_LOADED) {
            others.clear();
        }
        others.put(number, loaded);
        return loaded;
    }

    Asked asked(LoadedModel model, Optional<JsonNode> symbol, Optional<JsonNode> features) {
        return Asked.of(rows, model, symbol, features);
    }

    Asked asked(LoadedModel model, String symbol) {
        return Asked.ofSymbol(rows, model, symbol);
    }

    /**
     * An answer, not yet recorded.
     *
     * @param missing names of features that were undefined
     * @param ageMs of the row, milliseconds
     */
    record Answer(
            Asked asked,
            LoadedModel model,
            double[] output,
            List<String> missing,
            @Nullable Long ageMs,
            boolean degraded) {}

    /**
     * @param maxAgeMs older is refused with a 409
     */
    Answer answer(LoadedModel model, Asked asked, Optional<Long> maxAgeMs) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < asked.features().length; i++) {
            if (Double.isNaN(asked.features()[i])) {
                missing.add(model.content().features().get(i));
            }
        }
        if (!missing.isEmpty() && model.content().missing() == ModelPackage.Missing.REFUSE) {
            throw new ProblemException(
                    ProblemType.FEATURES_MISSING,
                    "model %s refuses undefined features: %s"
                            .formatted(model.content().version(), missing));
        }
        @Nullable Instant time = asked.featureTime();
        @Nullable Long ageMs =
                time == null ? null : Duration.between(time, clock.instant()).toMillis();
        if (ageMs != null && maxAgeMs.isPresent() && ageMs > maxAgeMs.get()) {
            throw new ProblemException(
                    ProblemType.STALE,
                    "the newest row of %s is %d ms old, at most %d ms asked for"
                            .formatted(asked.symbol(), ageMs, maxAgeMs.get()),
                    Map.of("age_ms", ageMs));
        }
        boolean degraded =
                !missing.isEmpty() || (ageMs != null && ageMs > maxFeatureAge.toMillis());
        return new Answer(asked, model, model.answer(asked.features()), missing, ageMs, degraded);
    }

    static AuditEntry entry(Answer answer, String requestId, int item, long latencyMicros) {
        return entry(answer, requestId, item, latencyMicros, false);
    }

    static AuditEntry entry(
            Answer answer, String requestId, int item, long latencyMicros, boolean shadow) {
        return new AuditEntry(
                requestId,
                item,
                answer.asked().symbol(),
                ModelRegistry.number(answer.model().content().version()).orElseThrow(),
                answer.model().sha256(),
                answer.model().content().featureRegistryVersion(),
                answer.asked().featureTime(),
                answer.asked().features(),
                answer.output(),
                answer.degraded(),
                latencyMicros,
                shadow);
    }
}
