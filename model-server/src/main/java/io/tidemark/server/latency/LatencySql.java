package io.tidemark.server.latency;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Every statement on {@code route_latency}. Schema: db/migration/V009. */
@RegisterConstructorMapper(LatencySql.Stored.class)
interface LatencySql {
    /** A row, without its time and server. */
    record Stored(String route, long requests, long errors, byte[] histogram) {}

    @SqlUpdate(
            """
            INSERT INTO route_latency (until_time, server, route, requests, errors, histogram)
            VALUES (now(), :server, :route, :requests, :errors, :histogram)
            """)
    void add(
            @Bind("server") UUID server,
            @Bind("route") String route,
            @Bind("requests") long requests,
            @Bind("errors") long errors,
            @Bind("histogram") byte[] histogram);

    @SqlQuery(
            """
            SELECT route, requests, errors, histogram
            FROM route_latency
            WHERE until_time > now() - :seconds * interval '1 second'
            """)
    List<Stored> since(@Bind("seconds") long seconds);

    @SqlUpdate(
            """
            DELETE FROM route_latency
            WHERE until_time < now() - :seconds * interval '1 second'
            """)
    int deleteOlder(@Bind("seconds") long seconds);
}
