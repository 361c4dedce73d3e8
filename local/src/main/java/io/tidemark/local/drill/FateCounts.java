package io.tidemark.local.drill;

import io.tidemark.schemas.event.EventType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/** Messages of one type, by what became of them. */
public record FateCounts(long accepted, long duplicate, long late, long rejected) {
    static final FateCounts NONE = new FateCounts(0, 0, 0, 0);

    /** All four. */
    public long messages() {
        return accepted + duplicate + late + rejected;
    }

    FateCounts plus(FateCounts other) {
        return new FateCounts(
                accepted + other.accepted,
                duplicate + other.duplicate,
                late + other.late,
                rejected + other.rejected);
    }

    /** The ledger's minutes, summed; all types. */
    static Map<EventType, FateCounts> ofLedger(Connection session) throws SQLException {
        Map<EventType, FateCounts> counts = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            counts.put(type, NONE);
        }
        try (Statement statement = session.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                SELECT type, sum(accepted), sum(duplicate), sum(late), sum(rejected)
                                FROM ledger_cell
                                GROUP BY type
                                """)) {
            while (rows.next()) {
                String name = rows.getString(1);
                counts.put(
                        EventType.ofWireName(name)
                                .orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        "no type is called " + name)),
                        new FateCounts(
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5)));
            }
        }
        return counts;
    }
}
