package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.local.drill.ReferenceRows;
import io.tidemark.schemas.event.MarketEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold of a platform that was disturbed, once its load has ended. */
final class Balance {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Balance() {}

    /**
     * Waits until it has caught up, then: every confirmed message is archived once and booked once,
     * as accepted; every row served is, to the bit, what the engine makes of the archive; no row is
     * archived twice.
     */
    static void holds(long confirmed, Archive archive, String databaseUrl) throws Exception {
        Until.holds(
                confirmed + " messages in the archive",
                LIMIT,
                () -> archive.count("raw") >= confirmed);
        assertThat(archive.count("raw")).as("archived, of those confirmed").isEqualTo(confirmed);
        Booked.becomes(new Booked(confirmed, 0, 0, 0), databaseUrl);
        for (String type : List.of("trade", "orderbook", "ticker")) {
            assertThat(
                            archive.query(
                                    "SELECT count(*) - count(DISTINCT (symbol, id, event_time)) FROM {raw/type="
                                            + type
                                            + "}"))
                    .containsExactly(List.of(0L));
        }
        assertThat(archive.query("SELECT DISTINCT verdict FROM {raw}"))
                .containsExactly(List.of("accepted"));

        Map<String, FeatureRow> expected = new TreeMap<>();
        Map<String, List<MarketEvent>> events = archive.eventsBySymbol();
        events.forEach((symbol, own) -> expected.putAll(ReferenceRows.of(symbol, own)));
        Until.holds(
                "every row served",
                LIMIT,
                () -> served(databaseUrl).keySet().containsAll(expected.keySet()));
        Map<String, FeatureRow> served = served(databaseUrl);
        expected.forEach((key, row) -> assertThat(served.get(key)).as(key).isEqualTo(row));
        assertThat(
                        archive.query(
                                "SELECT count(*) - count(DISTINCT (symbol, grid_time)) FROM {features}"))
                .containsExactly(List.of(0L));
    }

    /** The rows of a database's serving store. */
    static Map<String, FeatureRow> served(String databaseUrl) throws SQLException {
        try (Connection session = DriverManager.getConnection(databaseUrl)) {
            return ReferenceRows.served(session);
        }
    }
}
