package io.tidemark.schemas.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Typed settings, parsed once at the entry point. Several records read from one reader; each call
 * makes its key known, with default and meaning. A value that cannot be read is noted and the
 * default stands in for it, so that {@link #throwIfInvalid} can tell every problem in one message;
 * nothing read before that call may be used before it returned.
 *
 * <p>Every method's last arguments are further environment variables by which the setting is known
 * to users of such systems ({@code ADMIN_API_KEY}); its {@code TIDEMARK_} name is always known. No
 * value of a secret, of a URI or of an unknown key is ever part of a message. Not for several
 * threads.
 */
public final class SettingsReader {
    private final SettingsSource source;
    private final KnownSettings known = new KnownSettings();
    private final List<String> problems = new ArrayList<>();

    public SettingsReader(SettingsSource source) {
        this.source = source;
        problems.addAll(source.problems());
    }

    /** A text that must be given; blank counts as missing. */
    public String required(String key, String meaning, String... aliases) {
        return needed(key, optionalText(setting(key, Setting.REQUIRED, meaning, false, aliases)));
    }

    public String text(String key, String defaultValue, String meaning, String... aliases) {
        return optionalText(setting(key, defaultValue, meaning, false, aliases))
                .orElse(defaultValue);
    }

    public Optional<String> optional(String key, String meaning, String... aliases) {
        return optionalText(setting(key, Setting.NONE, meaning, false, aliases));
    }

    /** A value that is never shown. */
    public Optional<Secret> secret(String key, String meaning, String... aliases) {
        return optionalText(setting(key, Setting.NONE, meaning, true, aliases)).map(Secret::new);
    }

    public Secret requiredSecret(String key, String meaning, String... aliases) {
        Setting setting = setting(key, Setting.REQUIRED, meaning, true, aliases);
        return new Secret(needed(key, optionalText(setting)));
    }

    /** Longer than zero; {@code 250ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 90d}. */
    public Duration duration(String key, Duration defaultValue, String meaning, String... aliases) {
        Setting setting = setting(key, DurationText.format(defaultValue), meaning, false, aliases);
        return given(setting, DurationText::parsePositive).orElse(defaultValue);
    }

    /** As {@link #duration}, and zero is allowed (mostly: off). */
    public Duration durationOrZero(
            String key, Duration defaultValue, String meaning, String... aliases) {
        Setting setting = setting(key, DurationText.format(defaultValue), meaning, false, aliases);
        return given(setting, DurationText::parse).orElse(defaultValue);
    }

    public int positiveInt(String key, int defaultValue, String meaning, String... aliases) {
        return integer(key, defaultValue, 1, Integer.MAX_VALUE, meaning, aliases);
    }

    /** A TCP port; 0 is any free one. */
    public int port(String key, int defaultValue, String meaning, String... aliases) {
        return integer(key, defaultValue, 0, 65_535, meaning, aliases);
    }

    /** A whole number from min to max, both included. */
    public int integer(
            String key, int defaultValue, int min, int max, String meaning, String... aliases) {
        Setting setting = setting(key, Integer.toString(defaultValue), meaning, false, aliases);
        return given(setting, text -> SettingText.integer(text, min, max)).orElse(defaultValue);
    }

    /** A finite number from min to max, both included. */
    public double number(
            String key,
            double defaultValue,
            double min,
            double max,
            String meaning,
            String... aliases) {
        Setting setting = setting(key, Double.toString(defaultValue), meaning, false, aliases);
        return given(setting, text -> SettingText.number(text, min, max)).orElse(defaultValue);
    }

    /** A URI with one of the schemes (lower case). It is never shown: it may hold a password. */
    public URI uri(
            String key,
            String defaultValue,
            Set<String> schemes,
            String meaning,
            String... aliases) {
        Setting setting = setting(key, defaultValue, meaning, false, aliases);
        return givenUri(setting, schemes).orElseGet(() -> URI.create(defaultValue));
    }

    /** As {@link #uri}, without a default. */
    public Optional<URI> optionalUri(
            String key, Set<String> schemes, String meaning, String... aliases) {
        return givenUri(setting(key, Setting.NONE, meaning, false, aliases), schemes);
    }

    public Path path(String key, Path defaultValue, String meaning, String... aliases) {
        Setting setting = setting(key, defaultValue.toString(), meaning, false, aliases);
        return given(setting, Path::of).orElse(defaultValue);
    }

    public Optional<Path> optionalPath(String key, String meaning, String... aliases) {
        return given(setting(key, Setting.NONE, meaning, false, aliases), Path::of);
    }

    /** {@code true} or {@code false}, in any case. */
    public boolean bool(String key, boolean defaultValue, String meaning, String... aliases) {
        Setting setting = setting(key, Boolean.toString(defaultValue), meaning, false, aliases);
        return given(setting, SettingText::bool).orElse(defaultValue);
    }

    /** Texts between commas (a YAML list is the same); blank ones are left out. */
    public List<String> list(
            String key, List<String> defaultValue, String meaning, String... aliases) {
        Setting setting = setting(key, String.join(",", defaultValue), meaning, false, aliases);
        return given(setting, SettingText::list).orElse(defaultValue);
    }

    /** A constant of an enum, written in kebab-case: {@code time-based} is {@code TIME_BASED}. */
    public <E extends Enum<E>> E oneOf(
            String key, E defaultValue, String meaning, String... aliases) {
        Setting setting = setting(key, SettingText.kebab(defaultValue), meaning, false, aliases);
        Class<E> type = defaultValue.getDeclaringClass();
        return given(setting, text -> SettingText.constant(text, type)).orElse(defaultValue);
    }

    /** Notes a problem that only several settings together show. Never pass a secret. */
    public void refuse(String key, String problem) {
        problems.add(key + " " + problem);
    }

    /**
     * What another process reads from the same file or environment: no check. A whole subject
     * ({@code server}), or one key of a subject both have ({@code serving-store.user}).
     */
    public void leaveToOthers(String... subjectsOrKeys) {
        Stream.of(subjectsOrKeys).forEach(known::leaveToOthers);
    }

    /** Every setting read so far, in order: the reference table. */
    public List<Setting> known() {
        return known.all();
    }

    /**
     * Where a value comes from: {@code tidemark.yaml:3}, a variable, a flag; empty: the default.
     */
    public Optional<String> origin(Setting setting) {
        return source.find(setting, new ArrayList<>()).map(SettingsSource.Value::origin);
    }

    /** Call when everything is read: throws with every problem, unknown names among them. */
    public void throwIfInvalid() {
        List<String> all = new ArrayList<>(problems);
        all.addAll(known.unknownIn(source));
        if (!all.isEmpty()) {
            throw new InvalidSettingsException(all);
        }
    }

    private Setting setting(
            String key, String defaultText, String meaning, boolean secret, String... aliases) {
        List<String> names =
                Stream.concat(Stream.of(Setting.environmentName(key)), Stream.of(aliases)).toList();
        Setting setting = new Setting(key, defaultText, meaning, secret, names);
        known.add(setting);
        return setting;
    }

    private Optional<String> optionalText(Setting setting) {
        return source.find(setting, problems)
                .map(value -> value.text().strip())
                .filter(text -> !text.isEmpty());
    }

    private String needed(String key, Optional<String> text) {
        if (text.isEmpty()) {
            problems.add(
                    "%s is required (--%s, %s or the settings file)"
                            .formatted(key, key, Setting.environmentName(key)));
        }
        return text.orElse("");
    }

    private Optional<URI> givenUri(Setting setting, Set<String> schemes) {
        return parsed(setting, text -> SettingText.uri(text, schemes), text -> "");
    }

    private <T> Optional<T> given(Setting setting, Function<String, T> parser) {
        return parsed(setting, parser, text -> ", got '" + shown(text) + "'");
    }

    /** Empty when not given, and when unreadable: then the problem is noted. */
    private <T> Optional<T> parsed(
            Setting setting, Function<String, T> parser, UnaryOperator<String> shown) {
        Optional<String> text = optionalText(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (IllegalArgumentException e) {
            problems.add(
                    "%s: %s%s (%s)"
                            .formatted(
                                    setting.key(),
                                    e.getMessage(),
                                    shown.apply(text.get()),
                                    origin(setting).orElse("default")));
            return Optional.empty();
        }
    }

    /** Bounded and on one line, so that a message stays a message. */
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
