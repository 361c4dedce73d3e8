package io.tidemark.local.drill;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows by the pure engine, to hold the served ones to; keys are {@code symbol@T}. */
public final class ReferenceRows {
    private static final long SECOND = 1_000_000;

    private ReferenceRows() {}

    /** The rows of events in canonical order, from the first event's to the last event's. */
    public static Map<String, FeatureRow> of(String symbol, List<MarketEvent> events) {
        SymbolEngine engine = SymbolEngine.create(FeatureSet.builtIn("1.0.0"), symbol);
        Map<String, FeatureRow> rows = new TreeMap<>();
        long row = Math.floorDiv(events.get(0).eventTimeMicros(), SECOND) * SECOND + SECOND;
        for (MarketEvent event : events) {
            while (event.eventTimeMicros() >= row) {
                rows.put(symbol + "@" + row, engine.rowAt(row));
                row += SECOND;
            }
            engine.accept(event);
        }
        rows.put(symbol + "@" + row, engine.rowAt(row));
        return rows;
    }

    /** What the serving store holds, of registry 1.0.0. */
    public static Map<String, FeatureRow> served(Connection session) throws SQLException {
        Map<String, FeatureRow> rows = new TreeMap<>();
        try (Statement statement = session.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "SELECT symbol, (extract(epoch from grid_time) * 1000000)::bigint,"
                                        + " registry_version, feature_values, completeness, event_count,"
                                        + " (extract(epoch from max_event_time) * 1000000)::bigint"
                                        + " FROM feature_row")) {
            while (found.next()) {
                Double[] boxed = (Double[]) found.getArray(4).getArray();
                double[] values = new double[boxed.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = boxed[i] == null ? Double.NaN : boxed[i];
                }
                rows.put(
                        found.getString(1) + "@" + found.getLong(2),
                        new FeatureRow(
                                found.getString(1),
                                found.getLong(2),
                                found.getString(3),
                                values,
                                found.getInt(5),
                                found.getLong(6),
                                found.getLong(7)));
            }
        }
        return rows;
    }
}
