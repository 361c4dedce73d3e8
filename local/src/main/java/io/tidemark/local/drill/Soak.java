package io.tidemark.local.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A steady load watched for long: what is held must not grow. */
final class Soak {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Duration length;
    private final DrillPlatform platform;
    private final DrillLoad load;
    private final DrillClock clock;

    Soak(Duration length, DrillPlatform platform, DrillLoad load, DrillClock clock) {
        this.length = length;
        this.platform = platform;
        this.load = load;
        this.clock = clock;
    }

    /** A sample every half minute; none of a watch of no length. */
    List<SoakSample> run() throws IOException, InterruptedException, SQLException {
        List<SoakSample> samples = new ArrayList<>();
        double start = clock.seconds();
        for (long i = 1; i <= length.dividedBy(EVERY); i++) {
            double next = start + i * EVERY.toSeconds();
            clock.pause(Math.max(0, Math.round(1e3 * (next - clock.seconds()))));
            if (load.hasFailed()) {
                throw new IOException("the load ended");
            }
            SoakSample sample = platform.sample(clock.seconds() - start, load.confirmed());
            samples.add(sample);
            clock.at(
                    String.format(Locale.ROOT, "%s", sample.figures()),
                    0.95 * sample.seconds() / length.toSeconds());
        }
        return samples;
    }
}
