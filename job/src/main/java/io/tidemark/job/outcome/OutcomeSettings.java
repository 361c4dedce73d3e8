package io.tidemark.job.outcome;

import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.label.LabelText;
import io.tidemark.schemas.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Which outcomes the stream makes.
 *
 * @param labels each once; none: no outcomes are made
 */
public record OutcomeSettings(List<LabelDefinition> labels) {
    /** The label of a dataset's defaults, and the classes of it. */
    public static final String DEFAULT = "returns:60s,classification:60s:threshold=0.001";

    private static final long MOST_MICROS = 86_400_000_000L;

    public OutcomeSettings {
        labels = List.copyOf(labels);
    }

    /**
     * Reads them.
     *
     * @param cadenceMicros of the registry's rows
     */
    public static OutcomeSettings from(SettingsReader reader, long cadenceMicros) {
        String text =
                reader.text(
                        "outcomes.labels",
                        DEFAULT,
                        "labels of rows made in the stream, with commas between them; none: no outcomes");
        List<LabelDefinition> labels = new ArrayList<>();
        if (text.equals("none")) {
            return new OutcomeSettings(labels);
        }
        for (String one : text.split(",", -1)) {
            try {
                LabelDefinition label = LabelText.parse(one.strip());
                refuseUnfit(label, cadenceMicros);
                if (labels.contains(label)) {
                    throw new IllegalArgumentException("%s is there twice".formatted(one.strip()));
                }
                labels.add(label);
            } catch (IllegalArgumentException e) {
                reader.refuse("outcomes.labels", String.valueOf(e.getMessage()));
            }
        }
        return new OutcomeSettings(labels);
    }

    private static void refuseUnfit(LabelDefinition label, long cadenceMicros) {
        if (label.horizonMicros() % cadenceMicros != 0
                || label.volatilityMicros() % cadenceMicros != 0) {
            throw new IllegalArgumentException(
                    "times of %s must be multiples of the cadence, %d us"
                            .formatted(LabelText.of(label), cadenceMicros));
        }
        // Prices are kept for as long: state must stay small.
        if (label.reachMicros() + label.volatilityMicros() > MOST_MICROS) {
            throw new IllegalArgumentException(
                    "%s looks over more than a day".formatted(LabelText.of(label)));
        }
    }

    /** The texts of the labels. */
    public List<String> texts() {
        return labels.stream().map(LabelText::of).toList();
    }
}
