package io.tidemark.job.serving;

import static io.tidemark.job.serving.MigratedStore.NO_CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.job.outcome.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real PostgreSQL with the real migrations. */
class OutcomeSinkTest {
    private static final long NOON = 1_786_276_800_000_000L;

    @RegisterExtension static final MigratedStore STORE = MigratedStore.start();

    /** Written by a task, then again by the one that took over from the checkpoint before. */
    @Test
    void whatComesTwiceIsThereOnceAsItWasFirstStored() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            long time = NOON + i * 1_000_000L;
            outcomes.add(new Outcome("A", time, "returns:60s", time + 60_000_000, 1.0 / (i + 3)));
        }
        write(outcomes);
        List<String> first = stored();
        assertThat(first).hasSize(1_100);
        write(outcomes.subList(500, 1_100));
        assertThat(stored()).isEqualTo(first);
    }

    private static void write(List<Outcome> outcomes) throws Exception {
        try (OutcomeSink.Writer writer =
                new OutcomeSink.Writer(
                        STORE.settings(),
                        new StoreSession<>(STORE.settings(), OutcomeConnection::open, () -> {}))) {
            for (Outcome outcome : outcomes) {
                writer.write(outcome, NO_CONTEXT);
                writer.write(outcome, NO_CONTEXT);
            }
            writer.writeWatermark(new Watermark(0));
        }
    }

    private static List<String> stored() throws SQLException {
        return STORE.query(
                "SELECT symbol, grid_time, label, known_at, value, stored_at FROM outcome ORDER BY grid_time");
    }
}
