package io.tidemark.schemas.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where settings come from, later wins: defaults of the program's profile, YAML file, environment,
 * flags. Every value remembers where it was given. An empty environment variable counts as not set,
 * because compose files and shells cannot unset one.
 */
public final class SettingsSource {
    /** Variables with our prefix that scripts use and no setting reads. */
    private static final Set<String> RESERVED =
            Set.of("TIDEMARK_CONFIG", "TIDEMARK_HOME", "TIDEMARK_JAVA_OPTS", "TIDEMARK_NO_BUILD");

    /**
     * Variables of the tests, such as TIDEMARK_TEST_AMQP_URI: a shell that has them is no mistake.
     */
    private static final String RESERVED_PREFIX = "TIDEMARK_TEST_";

    private final Map<String, Value> defaults;
    private final Map<String, Value> file;
    private final Map<String, String> environment;
    private final Map<String, Value> flags;
    private final List<String> problems;

    private SettingsSource(Builder builder) {
        defaults = new LinkedHashMap<>(builder.defaults);
        file = new LinkedHashMap<>(builder.file);
        environment = new TreeMap<>(builder.environment);
        flags = new LinkedHashMap<>(builder.flags);
        problems = List.copyOf(builder.problems);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * What a {@code main} wants: {@code --config FILE} (or {@code TIDEMARK_CONFIG}), {@code
     * --some.key value} or {@code --some.key=value}; a flag without value is {@code true}.
     */
    public static SettingsSource fromCommandLine(
            List<String> args, Map<String, String> environment) {
        Builder builder = new Builder().environment(environment);
        String config = environment.getOrDefault("TIDEMARK_CONFIG", "");
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                builder.problems.add("arguments begin with --, got number " + (i + 1));
                continue;
            }
            int equals = arg.indexOf('=');
            String name = arg.substring(2, equals < 0 ? arg.length() : equals);
            String value = "true";
            if (equals >= 0) {
                value = arg.substring(equals + 1);
            } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
                value = args.get(++i);
            }
            if (name.equals("config")) {
                config = value;
            } else {
                builder.flag(name, value);
            }
        }
        return config.isEmpty() ? builder.build() : builder.file(Path.of(config)).build();
    }

    /** The value of a key, or of one of its environment names; the strongest layer that has it. */
    Optional<Value> find(Setting setting, List<String> found) {
        Value flag = flags.get(setting.key());
        if (flag != null) {
            return Optional.of(flag);
        }
        Optional<Value> variable = Optional.empty();
        for (String name : setting.environmentNames()) {
            String text = environment.getOrDefault(name, "");
            if (text.isEmpty()) {
                continue;
            }
            if (variable.isPresent() && !variable.get().text().equals(text)) {
                found.add(
                        "%s is given twice, differently: %s and %s"
                                .formatted(setting.key(), variable.get().origin(), name));
            }
            variable = variable.or(() -> Optional.of(new Value(text, name)));
        }
        return variable.or(() -> Optional.ofNullable(file.get(setting.key())))
                .or(() -> Optional.ofNullable(defaults.get(setting.key())));
    }

    /** Keys given by flag, file or defaults, with where. */
    Map<String, String> givenKeys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Map<String, Value> layer : List.of(defaults, file, flags)) {
            layer.forEach((key, value) -> keys.put(key, value.origin()));
        }
        return keys;
    }

    /** Environment variables with our prefix that hold something. */
    List<String> givenVariables() {
        return environment.entrySet().stream()
                .filter(e -> e.getKey().startsWith(Setting.ENVIRONMENT_PREFIX))
                .filter(e -> !e.getValue().isEmpty() && !isReserved(e.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isReserved(String variable) {
        return RESERVED.contains(variable) || variable.startsWith(RESERVED_PREFIX);
    }

    List<String> problems() {
        return problems;
    }

    /** A text and where it was given: {@code tidemark.yaml:12}, a variable, or a flag. */
    record Value(String text, String origin) {}

    /** Collects the layers; the order of calls does not matter. */
    public static final class Builder {
        private final Map<String, Value> defaults = new LinkedHashMap<>();
        private final Map<String, Value> file = new LinkedHashMap<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, Value> flags = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        private Builder() {}

        /** What this program wants instead of the usual defaults; anything else overrides it. */
        public Builder defaults(Map<String, String> values) {
            values.forEach((key, text) -> defaults.put(key, new Value(text, "profile default")));
            return this;
        }

        /** Reads a YAML file now; a problem with it is told by {@link SettingsReader}. */
        public Builder file(Path yaml) {
            file.putAll(YamlLayer.read(yaml, problems));
            return this;
        }

        /** As {@link System#getenv()} gives it. */
        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        public Builder flag(String key, String value) {
            flags.put(key, new Value(value, "--" + key));
            return this;
        }

        public Builder flags(Map<String, String> values) {
            values.forEach(this::flag);
            return this;
        }

        public SettingsSource build() {
            return new SettingsSource(this);
        }
    }
}
