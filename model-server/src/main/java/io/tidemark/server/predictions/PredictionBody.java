package io.tidemark.server.predictions;

import io.tidemark.server.models.ModelPackage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as clients see it. Meaning: {@link Outlook}.
 *
 * @param features null in a batch, unless they are asked for
 * @param missingPolicy what this model does about undefined features: {@code impute} or {@code
 *     refuse}
 */
record PredictionBody(
        @Nullable String symbol,
        double prediction,
        double confidence,
        double probabilityUp,
        double probabilityDown,
        @Nullable Double probabilityFlat,
        @Nullable Double expectedReturn,
        double riskScore,
        String forecastHorizon,
        String modelVersion,
        @Nullable Map<String, Double> features,
        List<String> missingFeatures,
        String missingPolicy,
        @Nullable String featureTimestamp,
        @Nullable Long featureAgeMs,
        boolean degradedInput,
        String timestamp,
        String requestId,
        double latencyMs) {

    static PredictionBody of(
            Predictor.Answer answer, Instant now, String requestId, long latencyMicros) {
        return of(answer, features(answer), now.toString(), requestId, latencyMicros);
    }

    /**
     * @param features null: the caller does not want them
     * @param now ISO 8601
     */
    static PredictionBody of(
            Predictor.Answer answer,
            @Nullable Map<String, Double> features,
            String now,
            String requestId,
            long latencyMicros) {
        ModelPackage content = answer.model().content();
        Outlook outlook = Outlook.of(content.label(), answer.output());
        @Nullable Instant time = answer.asked().featureTime();
        return new PredictionBody(
                answer.asked().symbol(),
                outlook.prediction(),
                outlook.confidence(),
                outlook.up(),
                outlook.down(),
                outlook.flat(),
                outlook.expectedReturn(),
                outlook.risk(),
                content.label().horizonUs() / 1_000_000.0 + "s",
                content.version(),
                features,
                answer.missing(),
                content.missing().name().toLowerCase(Locale.ROOT),
                time == null ? null : time.toString(),
                answer.ageMs(),
                answer.degraded(),
                now,
                requestId,
                latencyMicros / 1_000.0);
    }

    /** By name; an undefined one is absent. */
    static Map<String, Double> features(Predictor.Answer answer) {
        List<String> names = answer.model().content().features();
        Map<String, Double> features = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            double value = answer.asked().features()[i];
            if (!Double.isNaN(value)) {
                features.put(names.get(i), value);
            }
        }
        return features;
    }
}
