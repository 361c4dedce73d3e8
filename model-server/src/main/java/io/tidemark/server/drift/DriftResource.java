package io.tidemark.server.drift;

import static io.tidemark.server.problem.ProblemException.badParameter;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.features.drift.BenjaminiHochberg;
import io.tidemark.features.drift.DriftRule;
import io.tidemark.server.drift.DriftBodies.Alarm;
import io.tidemark.server.drift.DriftBodies.Detail;
import io.tidemark.server.drift.DriftBodies.Histogram;
import io.tidemark.server.drift.DriftBodies.Window;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * {@code /monitoring/drift}: the newest windows of the active model's symbols held to its train
 * split, and the alarms. A symbol's verdict is the job's. Over all symbols, what is drift is
 * decided anew among all their features, since more tests want a surer one.
 */
public final class DriftResource {
    private static final int SMALL_BODY = 16_384;
    private static final int NAME = 200;
    private static final int COMMENT = 2_000;
    private static final long ALARMS = 1_000;

    private final Jdbi reads;
    private final Jdbi changes;
    private final double threshold;

    /**
     * @param changes of a role that may write
     * @param threshold of the ratios, for dashboards that know no other
     */
    public DriftResource(Jdbi reads, Jdbi changes, double threshold) {
        this.reads = reads;
        this.changes = changes;
        this.threshold = threshold;
    }

    public List<Route> routes() {
        return List.of(
                Route.read("/monitoring/drift", Set.of("symbol"), this::drift),
                Route.read("/monitoring/drift/histograms", Set.of("symbol"), this::histograms),
                Route.read("/monitoring/drift/alarms", Set.of("symbol", "limit"), this::alarms),
                Route.change(
                        HandlerType.POST,
                        "/admin/drift/alarms/{id}/acknowledge",
                        this::acknowledge));
    }

    private void drift(Context ctx) {
        Optional<String> symbol = QueryParameters.of(ctx).optionalSymbol();
        try (Handle handle = reads.open()) {
            DriftSql sql = handle.attach(DriftSql.class);
            Optional<Long> version = sql.activeVersion();
            List<StoredDrift> all = new ArrayList<>();
            List<Window> windows = new ArrayList<>();
            for (String one : version.map(v -> symbols(sql, v, symbol)).orElse(List.of())) {
                List<StoredDrift> newest = sql.newest(version.orElseThrow(), one);
                if (!newest.isEmpty()) {
                    all.addAll(newest);
                    windows.add(window(newest));
                }
            }
            boolean[] drift = decided(all, windows.size());
            answer(
                    ctx,
                    new DriftBodies.Report(
                            status(all, drift),
                            version.map(v -> "v" + v).orElse(null),
                            threshold,
                            windows,
                            details(all, drift),
                            RequestIds.of(ctx)));
        }
    }

    /** The job's word for one symbol; for several a decision among all their features. */
    private static boolean[] decided(List<StoredDrift> all, int symbols) {
        boolean[] drift =
                symbols > 1
                        ? BenjaminiHochberg.significant(
                                all.stream().mapToDouble(StoredDrift::chance).toArray(),
                                DriftRule.STANDARD.falseDiscoveryRate())
                        : new boolean[all.size()];
        for (int at = 0; at < drift.length; at++) {
            drift[at] = all.get(at).drift() && (symbols == 1 || drift[at]);
        }
        return drift;
    }

    private static String status(List<StoredDrift> all, boolean[] drift) {
        for (boolean one : drift) {
            if (one) {
                return "drift_detected";
            }
        }
        return all.stream().anyMatch(StoredDrift::isTellable) ? "healthy" : "insufficient_data";
    }

    private static Window window(List<StoredDrift> newest) {
        StoredDrift any = newest.get(0);
        return new Window(
                any.symbol(),
                DriftBodies.time(any.windowStart()),
                DriftBodies.time(any.windowEnd()),
                status(newest, decided(newest, 1)));
    }

    /** Of several symbols the one whose change is the least likely without drift. */
    private Map<String, Detail> details(List<StoredDrift> all, boolean[] drift) {
        Map<String, Integer> worst = new LinkedHashMap<>();
        for (int at = 0; at < all.size(); at++) {
            int candidate = at;
            worst.merge(
                    all.get(at).feature(),
                    at,
                    (before, now) -> isSurer(all, drift, candidate, before) ? candidate : before);
        }
        Map<String, Detail> details = new LinkedHashMap<>();
        worst.forEach(
                (feature, at) ->
                        details.put(feature, Detail.of(all.get(at), drift[at], threshold)));
        return details;
    }

    private static boolean isSurer(List<StoredDrift> all, boolean[] drift, int one, int other) {
        if (drift[one] != drift[other]) {
            return drift[one];
        }
        double chance = all.get(one).chance();
        double before = all.get(other).chance();
        return chance < before || (Double.isNaN(before) && !Double.isNaN(chance));
    }

    private void histograms(Context ctx) {
        String symbol = QueryParameters.of(ctx).symbol();
        try (Handle handle = reads.open()) {
            DriftSql sql = handle.attach(DriftSql.class);
            long version =
                    sql.activeVersion()
                            .orElseThrow(
                                    () ->
                                            new ProblemException(
                                                    ProblemType.NO_ACTIVE_MODEL,
                                                    "no model is active"));
            var unused = symbols(sql, version, Optional.of(symbol));
            List<StoredDrift> newest = sql.newest(version, symbol);
            Map<String, Histogram> features = new LinkedHashMap<>();
            for (StoredDrift one : newest) {
                features.put(
                        one.feature(),
                        new Histogram(one.edges(), one.baselineCounts(), one.counts()));
            }
            answer(
                    ctx,
                    new DriftBodies.Histograms(
                            symbol,
                            "v" + version,
                            newest.isEmpty() ? null : DriftBodies.time(newest.get(0).windowStart()),
                            newest.isEmpty() ? null : DriftBodies.time(newest.get(0).windowEnd()),
                            features,
                            RequestIds.of(ctx)));
        }
    }

    /** The version's symbols, or the one asked for when it is among them. */
    private static List<String> symbols(DriftSql sql, long version, Optional<String> wanted) {
        List<String> there = sql.symbols(version);
        if (wanted.isPresent() && !there.contains(wanted.get())) {
            throw new ProblemException(
                    ProblemType.SYMBOL_NOT_FOUND,
                    "model v%d was not trained on %s; it was on %s"
                            .formatted(version, wanted.get(), there),
                    Map.of("available_symbols", there));
        }
        return wanted.map(List::of).orElse(there);
    }

    private void alarms(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        try (Handle handle = reads.open()) {
            List<StoredAlarm> found =
                    handle.attach(DriftSql.class)
                            .alarms(
                                    null,
                                    query.optionalSymbol().orElse(null),
                                    query.number("limit", 1, ALARMS).orElse(100L));
            answer(
                    ctx,
                    new DriftBodies.Alarms(
                            found.stream().map(Alarm::of).toList(), RequestIds.of(ctx)));
        }
    }

    private void acknowledge(Context ctx) throws IOException {
        long number = number(ctx.pathParam("id"));
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, Set.of("acknowledged_by", "comment"));
        String by = body.text("acknowledged_by", NAME);
        Optional<String> comment = body.optionalText("comment", COMMENT);
        try (Handle handle = changes.open()) {
            DriftSql sql = handle.attach(DriftSql.class);
            int changed = sql.acknowledge(number, by, comment.orElse(null));
            StoredAlarm alarm =
                    sql.alarms(number, null, 1).stream()
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new ProblemException(
                                                    ProblemType.ALARM_NOT_FOUND,
                                                    "there is no alarm " + number));
            if (changed == 0) {
                throw new ProblemException(
                        ProblemType.ALARM_NOT_OPEN,
                        "alarm %d is %s".formatted(number, alarm.state()));
            }
            answer(ctx, new DriftBodies.Acknowledged(Alarm.of(alarm), RequestIds.of(ctx)));
        }
    }

    private static long number(String id) {
        if (!id.matches("[1-9][0-9]{0,17}")) {
            throw badParameter("id", "invalid", "an alarm's id is a number from 1");
        }
        return Long.parseLong(id);
    }

    private static void answer(Context ctx, Object body) {
        ctx.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(body));
    }
}
