package io.tidemark.job.drift;

import io.tidemark.features.drift.DriftRule;
import io.tidemark.schemas.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a change of the rows is called drift.
 *
 * @param enabled whether the job has the operators at all
 * @param pollEvery how often it is asked which model is active
 * @param alpha chance of a false alarm of one feature in one window
 * @param leastPsi below which nothing is called drift
 * @param alarmsPerDay of one symbol that may open a day of event time and not be muted
 */
public record DriftSettings(
        boolean enabled, Duration pollEvery, double alpha, double leastPsi, int alarmsPerDay)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** On; asked every second; 1 %, PSI 0.1; 20 alarms. */
    public static final DriftSettings STANDARD =
            new DriftSettings(true, Duration.ofSeconds(1), 0.01, 0.1, 20);

    /** Reads the settings, each with its default. */
    public static DriftSettings from(SettingsReader reader) {
        return new DriftSettings(
                reader.bool(
                        "drift.enabled",
                        STANDARD.enabled(),
                        "hold rows to what the active model was trained on"),
                reader.duration(
                        "drift.poll-every",
                        STANDARD.pollEvery(),
                        "how often the store is asked which model is active"),
                reader.number(
                        "drift.alpha",
                        STANDARD.alpha(),
                        1e-9,
                        0.5,
                        "chance of a false alarm of one feature in one window"),
                reader.number(
                        "drift.least-psi",
                        STANDARD.leastPsi(),
                        0,
                        10,
                        "population stability index below which nothing is called drift"),
                reader.integer(
                        "drift.alarms-per-day",
                        STANDARD.alarmsPerDay(),
                        0,
                        1_000_000,
                        "alarms of a symbol that may open a day of event time; further ones are kept, not announced"));
    }

    DriftRule rule() {
        return new DriftRule(
                alpha,
                leastPsi,
                DriftRule.STANDARD.leastEffectiveSamples(),
                DriftRule.STANDARD.falseDiscoveryRate());
    }
}
