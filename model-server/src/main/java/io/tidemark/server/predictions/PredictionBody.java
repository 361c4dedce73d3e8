package io.tidemark.server.predictions;

import io.tidemark.server.models.ModelPackage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prediction as clients see it. Meaning: {@link Outlook}. */
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
        Map<String, Double> features,
        List<String> missingFeatures,
        @Nullable String featureTimestamp,
        @Nullable Long featureAgeMs,
        boolean degradedInput,
        String timestamp,
        String requestId,
        double latencyMs) {

    static PredictionBody of(
            Predictor.Answer answer, Instant now, String requestId, long latencyMicros) {
        ModelPackage content = answer.model().content();
        Outlook outlook = Outlook.of(content.label(), answer.output());
        Map<String, Double> features = new LinkedHashMap<>();
        for (int i = 0; i < answer.asked().features().length; i++) {
            double value = answer.asked().features()[i];
            if (!Double.isNaN(value)) {
                features.put(content.features().get(i), value);
            }
        }
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
                time == null ? null : time.toString(),
                answer.ageMs(),
                answer.degraded(),
                now.toString(),
                requestId,
                latencyMicros / 1_000.0);
    }
}
