package io.tidemark.schemas.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every setting asked for so far; what is given beyond them is a mistake. */
final class KnownSettings {
    private final Map<String, Setting> byKey = new LinkedHashMap<>();
    private final Map<String, String> keyByVariable = new LinkedHashMap<>();
    private final Set<String> foreign = new HashSet<>();

    /**
     * Several records may read one key (the broker's address); the first one describes it. Two keys
     * that no variable can tell apart are a programming error.
     */
    void add(Setting setting) {
        byKey.putIfAbsent(setting.key(), setting);
        for (String name : setting.environmentNames()) {
            String other = keyByVariable.putIfAbsent(name, setting.key());
            if (other != null && !other.equals(setting.key())) {
                throw new IllegalStateException(
                        "%s and %s share the variable %s".formatted(setting.key(), other, name));
            }
        }
    }

    /** A whole subject ({@code server}), or one key of a shared one. */
    void leaveToOthers(String subjectOrKey) {
        foreign.add(subjectOrKey);
    }

    List<Setting> all() {
        return List.copyOf(byKey.values());
    }

    /** One line per key or variable that nobody reads. */
    List<String> unknownIn(SettingsSource source) {
        List<String> problems = new ArrayList<>();
        source.givenKeys()
                .forEach(
                        (key, origin) -> {
                            if (!byKey.containsKey(key) && !isForeign(key)) {
                                problems.add(unknown(key, origin, byKey.keySet()));
                            }
                        });
        for (String name : source.givenVariables()) {
            if (!keyByVariable.containsKey(name) && !isForeignVariable(name)) {
                problems.add(unknown(name, "environment", keyByVariable.keySet()));
            }
        }
        return problems;
    }

    private boolean isForeign(String key) {
        int dot = key.indexOf('.');
        return foreign.contains(key) || (dot > 0 && foreign.contains(key.substring(0, dot)));
    }

    private boolean isForeignVariable(String name) {
        return foreign.stream()
                .anyMatch(
                        one ->
                                one.indexOf('.') < 0
                                        ? name.startsWith(Setting.environmentName(one) + "_")
                                        : name.equals(Setting.environmentName(one)));
    }

    private static String unknown(String name, String origin, Set<String> known) {
        Optional<String> nearest = NearestName.to(name, known);
        return "%s is not a setting (%s)%s"
                .formatted(name, origin, nearest.map(n -> "; nearest is " + n).orElse(""));
    }
}
