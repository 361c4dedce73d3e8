package io.tidemark.server.registry;

import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.FeatureInput;
import io.tidemark.schemas.registry.InputSource;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryDuration;
import io.tidemark.schemas.registry.RegistryProblem;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions and activations as clients see them. */
final class RegistryBodies {
    private RegistryBodies() {}

    /**
     * A version.
     *
     * @param validatedAt when this server last read its definition: now
     * @param usageCount how often it was activated
     * @param previousVersion the active one before it was activated last
     */
    record Version(
            String version,
            boolean isActive,
            String createdAt,
            String createdBy,
            String validatedAt,
            List<Problem> validationErrors,
            long usageCount,
            @Nullable String previousVersion,
            int features,
            long cadenceMs,
            @Nullable String definition) {

        static Version of(
                StoredVersion stored,
                List<StoredActivation> its,
                String now,
                boolean withDefinition) {
            Definition definition = Definition.of(stored);
            return new Version(
                    stored.version(),
                    stored.active(),
                    utc(stored.createdAt()),
                    stored.createdBy(),
                    now,
                    problems(definition.problems()),
                    stored.activations(),
                    its.stream()
                            .filter(one -> one.version().equals(stored.version()))
                            .findFirst()
                            .map(StoredActivation::previousVersion)
                            .orElse(null),
                    stored.featureNames().size(),
                    stored.cadenceMicros() / 1_000,
                    withDefinition ? stored.definition() : null);
        }
    }

    /**
     * @param line of the definition, from 1; 0 when it is meant as a whole
     */
    record Problem(int line, String message) {}

    static List<Problem> problems(List<RegistryProblem> problems) {
        return problems.stream().map(one -> new Problem(one.line(), one.message())).toList();
    }

    /** A feature of the active version. */
    record Feature(
            String name,
            String function,
            List<String> inputSources,
            List<String> inputs,
            String lookbackWindow,
            String cadence) {

        static List<Feature> of(RegistryDocument document) {
            return document.features().stream().map(entry -> of(document, entry)).toList();
        }

        private static Feature of(RegistryDocument document, FeatureEntry entry) {
            String function = entry.function();
            return new Feature(
                    entry.name(),
                    function == null ? entry.name() : function,
                    entry.inputSources().stream().map(InputSource::wireName).toList(),
                    entry.inputs().stream().map(FeatureInput::name).toList(),
                    RegistryDuration.text(entry.lookbackMicros()),
                    RegistryDuration.text(
                            entry.cadenceMicros() == 0
                                    ? document.cadenceMicros()
                                    : entry.cadenceMicros()));
        }
    }

    /**
     * An activation.
     *
     * @param outcome pending until the job has taken it
     * @param effectiveFrom rows after it are of the version, of all symbols
     * @param outcomeDetail why the job refused it
     */
    record Activation(
            long activation,
            String version,
            @Nullable String previousVersion,
            String activatedBy,
            String activationReason,
            String activatedAt,
            String outcome,
            @Nullable String effectiveFrom,
            @Nullable String outcomeDetail) {

        static Activation of(StoredActivation stored) {
            OffsetDateTime from = stored.effectiveFrom();
            String outcome = stored.outcome();
            String detail = stored.detail();
            return new Activation(
                    stored.number(),
                    stored.version(),
                    stored.previousVersion(),
                    stored.activatedBy(),
                    stored.reason(),
                    utc(stored.activatedAt()),
                    outcome == null ? "pending" : outcome,
                    from == null ? null : utc(from),
                    detail == null || detail.isEmpty() ? null : detail);
        }
    }

    static String utc(OffsetDateTime time) {
        return time.toInstant().toString();
    }
}
