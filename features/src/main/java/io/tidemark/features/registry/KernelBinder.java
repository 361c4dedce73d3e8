package io.tidemark.features.registry;

import io.tidemark.features.kernel.Kernel;
import io.tidemark.features.kernel.KernelArguments;
import io.tidemark.features.kernel.KernelDefinition;
import io.tidemark.features.kernel.KernelInput;
import io.tidemark.features.kernel.KernelParam;
import io.tidemark.features.kernel.Kernels;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.FeatureParam;
import io.tidemark.schemas.registry.InputSource;
import io.tidemark.schemas.registry.NearestName;
import io.tidemark.schemas.registry.RegistryDuration;
import io.tidemark.schemas.registry.RegistryProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the kernel of an entry and binds its parameters, or says everything that hinders it. */
final class KernelBinder {
    private static final int MAX_KEPT = 1 << 16;

    private final FeatureEntry entry;
    private final List<KernelInput> inputs;
    private final List<RegistryProblem> problems;

    private KernelBinder(
            FeatureEntry entry, List<KernelInput> inputs, List<RegistryProblem> problems) {
        this.entry = entry;
        this.inputs = inputs;
        this.problems = problems;
    }

    /**
     * The bound kernel; null when problems were added.
     *
     * @param inputs what the entry's inputs stand for, in its order
     */
    static @Nullable Kernel bind(
            FeatureEntry entry, List<KernelInput> inputs, List<RegistryProblem> problems) {
        return new KernelBinder(entry, inputs, problems).bind();
    }

    private @Nullable Kernel bind() {
        int before = problems.size();
        WellKnownName said = function();
        KernelDefinition definition =
                said == null ? null : Kernels.find(said.function()).orElse(null);
        if (said == null || definition == null) {
            return null;
        }
        checkSources(definition);
        checkInputs(definition);
        checkWindow(definition, said.window());
        Map<String, String> params = params(definition, said.params());
        if (problems.size() > before) {
            return null;
        }
        try {
            return definition
                    .bind()
                    .apply(new KernelArguments(entry.lookbackMicros(), params, inputs));
        } catch (IllegalArgumentException doNotFitEachOther) {
            problem("params", String.valueOf(doNotFitEachOther.getMessage()));
            return null;
        }
    }

    private @Nullable WellKnownName function() {
        String function = entry.function();
        if (function == null) {
            Optional<WellKnownName> known = WellKnownName.of(entry.name());
            if (known.isEmpty()) {
                problem(
                        "name",
                        "wanted a function, or a name that says it, got neither"
                                + NearestName.hint(entry.name(), Kernels.names()));
            }
            return known.orElse(null);
        }
        if (Kernels.find(function).isEmpty()) {
            problem(
                    "function",
                    "unknown function '"
                            + function
                            + "'"
                            + NearestName.hint(function, Kernels.names()));
            return null;
        }
        return new WellKnownName(function, null, Map.of());
    }

    private void checkSources(KernelDefinition definition) {
        if (definition.reads().isEmpty()) {
            return;
        }
        List<String> wanted =
                definition.reads().stream().map(InputSource::wireName).sorted().toList();
        if (entry.inputSources().isEmpty()) {
            problem("input_sources", definition.name() + " reads " + wanted + ", got none");
        }
        for (InputSource source : entry.inputSources()) {
            if (!definition.reads().contains(source)) {
                problem(
                        "input_sources",
                        "%s reads %s, got '%s'"
                                .formatted(definition.name(), wanted, source.wireName()));
            }
        }
    }

    private void checkInputs(KernelDefinition definition) {
        if (entry.inputs().size() != definition.inputs()) {
            problem(
                    "inputs",
                    "%s is computed on %s, got %d"
                            .formatted(
                                    definition.name(),
                                    definition.inputs() == 0
                                            ? "the market and no earlier feature"
                                            : definition.inputs() + " earlier feature(s)",
                                    entry.inputs().size()));
            return;
        }
        long window = entry.lookbackMicros();
        for (int i = 0; i < inputs.size(); i++) {
            long cadence = inputs.get(i).cadenceMicros();
            String name = entry.inputs().get(i).name();
            if (window % cadence != 0) {
                problem(
                        "lookback_window",
                        "wanted a multiple of the cadence of '%s', %s, got %s"
                                .formatted(
                                        name,
                                        RegistryDuration.text(cadence),
                                        RegistryDuration.text(window)));
            } else if (window / cadence >= MAX_KEPT) {
                problem(
                        "lookback_window",
                        "wanted less than %d values of '%s', got %d"
                                .formatted(MAX_KEPT, name, window / cadence));
            }
        }
    }

    private void checkWindow(KernelDefinition definition, @Nullable String windowInName) {
        long window = entry.lookbackMicros();
        if (window < definition.minWindowMicros()) {
            problem(
                    "lookback_window",
                    "%s wants a window of at least %s, got %s"
                            .formatted(
                                    definition.name(),
                                    RegistryDuration.text(
                                            Math.max(definition.minWindowMicros(), 1_000)),
                                    RegistryDuration.text(window)));
        }
        if (windowInName != null && RegistryDuration.micros(windowInName).orElse(-1) != window) {
            problem(
                    "lookback_window",
                    "the name says %s, got %s; name the function to keep both"
                            .formatted(windowInName, RegistryDuration.text(window)));
        }
    }

    private Map<String, String> params(KernelDefinition definition, Map<String, String> fromName) {
        Map<String, String> result = new HashMap<>();
        List<String> known = definition.params().stream().map(KernelParam::name).toList();
        entry.params()
                .forEach(
                        (name, given) -> {
                            if (!known.contains(name)) {
                                problem(
                                        given.line(),
                                        "%s has no parameter '%s'%s"
                                                .formatted(
                                                        definition.name(),
                                                        name,
                                                        NearestName.hint(name, known)));
                            }
                        });
        for (KernelParam param : definition.params()) {
            String value = value(definition, param, fromName.get(param.name()));
            if (value != null) {
                result.put(param.name(), value);
            }
        }
        return result;
    }

    private @Nullable String value(
            KernelDefinition definition, KernelParam param, @Nullable String fromName) {
        FeatureParam given = entry.params().get(param.name());
        int line = given == null ? entry.lineOf("params") : given.line();
        if (given != null && fromName != null && !given.text().equals(fromName)) {
            problem(
                    line,
                    "%s: the name says %s, got %s".formatted(param.name(), fromName, given.text()));
            return null;
        }
        String text = given != null ? given.text() : fromName;
        if (text == null) {
            if (param.defaultText() == null) {
                problem(
                        line,
                        "%s wants the parameter '%s', %s"
                                .formatted(definition.name(), param.name(), param.wanted()));
            }
            return param.defaultText();
        }
        if (!param.accepts(text)) {
            problem(line, "%s: wanted %s, got '%s'".formatted(param.name(), param.wanted(), text));
        }
        return text;
    }

    private void problem(String field, String message) {
        problem(entry.lineOf(field), message);
    }

    private void problem(int line, String message) {
        problems.add(new RegistryProblem(line, "feature '" + entry.name() + "': " + message));
    }
}
