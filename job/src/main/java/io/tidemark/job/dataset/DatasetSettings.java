package io.tidemark.job.dataset;

import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.label.LabelType;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.replay.ReplaySettings;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a dataset reads of the settings: the {@code dataset} part of a file, or flags. */
public final class DatasetSettings {
    private final SettingsReader reader;
    private final Map<String, String> request = new TreeMap<>();

    private DatasetSettings(SettingsReader reader) {
        this.reader = reader;
    }

    /** Reads the specification; the caller asks the reader for problems. Empty when there are. */
    public static Optional<DatasetSpec> from(SettingsReader reader) {
        String archive =
                reader.text(
                        "archive.root", "data/archive", "directory or URI of the Parquet archive");
        return new DatasetSettings(reader).read(archive, FeatureJobSettings.registryFrom(reader));
    }

    /**
     * The specification of a request as {@link DatasetSpec#request} keeps it.
     *
     * @throws IllegalArgumentException saying everything that is wrong
     */
    public static DatasetSpec of(
            Map<String, String> request, Registry registry, String archiveRoot) {
        SettingsReader reader = new SettingsReader(SettingsSource.builder().flags(request).build());
        Optional<DatasetSpec> spec = new DatasetSettings(reader).read(archiveRoot, registry);
        reader.throwIfInvalid();
        return spec.orElseThrow();
    }

    /** Leaves alone what only others read, of a file or an environment that is theirs too. */
    public static void leaveOthers(SettingsReader reader) {
        ReplaySettings.leaveStreamAndServer(reader);
        reader.leaveToOthers("replay", "upkeep");
    }

    private Optional<DatasetSpec> read(String archive, Registry registry) {
        String id = text("id", "", "the dataset's name, also its folder's");
        String symbol = text("symbol", "", "whose rows");
        String view = text("view", "final", "as-served, or final: with what came too late live");
        SplitSettings split = SplitSettings.of(this::text);
        String target = text("target", "returns", "the label's type");
        String horizon = text("horizon", "1m", "how far the label looks");
        String threshold = text("threshold", "0.001", "of a class, or the distance of barriers");
        String volatility =
                text("volatility-window", "0s", "of risk and of barriers in volatilities");
        String costs = text("costs", "0", "of a round trip, as a share of the price");
        String price = text("price-source", "trade", "trade or mid");
        String tolerance = text("tolerance", "", "how old a price may be; default: the registry's");
        String embargo = text("embargo", "", "default: the longer of lookback and label");
        String format = text("format", "parquet", "parquet or csv");
        String scale = text("scale", "none", "none or z_score, fitted on train");
        String clip = text("clip", "0", "to so many deviations of train; 0: not");
        String nan = text("max-nan-rate", "1", "largest share of undefined values in train");
        String least = text("min-train-rows", "1", "fewest train rows a fold may have");
        String gaps = text("allow-gaps", "false", "whether hours of the span may be missing");
        String through =
                text(
                        "through",
                        "",
                        "nothing of the archive after it is used; default: its newest event, less 30 s while"
                                + " it is being written");
        try {
            FeatureSet features = registry.compile();
            return Optional.of(
                    new DatasetSpec(
                            id,
                            archive,
                            symbol,
                            registry,
                            is("final", view, "as-served") ? RawView.FINAL : RawView.AS_SERVED,
                            split.strategy(),
                            split.splitting(features.cadenceMicros()),
                            new LabelDefinition(
                                    LabelType.of(target),
                                    SplitSettings.micros(horizon),
                                    Double.parseDouble(threshold),
                                    SplitSettings.micros(volatility),
                                    Double.parseDouble(costs)),
                            is("mid", price, "trade"),
                            tolerance.isEmpty()
                                    ? features.carryMicros()
                                    : SplitSettings.micros(tolerance),
                            embargo.isEmpty()
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(SplitSettings.micros(embargo)),
                            is("csv", format, "parquet"),
                            is("z_score", scale, "none"),
                            Double.parseDouble(clip),
                            Double.parseDouble(nan),
                            Long.parseLong(least),
                            is("true", gaps, "false"),
                            through.isEmpty() ? Long.MAX_VALUE : SplitSettings.instant(through),
                            request));
        } catch (RuntimeException e) {
            reader.refuse("dataset", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean is(String one, String given, String other) {
        if (!given.equals(one) && !given.equals(other)) {
            throw new IllegalArgumentException(
                    "wanted %s or %s, got '%s'".formatted(other, one, given));
        }
        return given.equals(one);
    }

    private String text(String key, String otherwise, String meaning) {
        String value = reader.text("dataset." + key, otherwise, meaning);
        request.put("dataset." + key, value);
        return value;
    }
}
