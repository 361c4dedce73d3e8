package io.tidemark.server.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.tidemark.server.dataset.DatasetFiles.Part;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads of {@code /dataset}: what there is, how far it is, and its files. */
public final class DatasetResource {
    private static final Set<String> STATUSES =
            Set.of("queued", "building", "ready", "failed", "cancelled", "deleting");
    private static final Set<String> SPLITS = Set.of("train", "validation", "test", "all");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");
    private static final long MOST = 1_000;

    private final Jdbi reads;
    private final DatasetFiles files;
    private final InstantSource clock;

    /**
     * @param datasets the folder that has one of each dataset
     */
    public DatasetResource(Jdbi reads, Path datasets, InstantSource clock) {
        this.reads = reads;
        this.files = new DatasetFiles(datasets);
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.read("/dataset/list", Set.of("status", "symbol", "limit"), this::list),
                Route.read("/dataset/{id}", Set.of(), this::one),
                Route.read("/dataset/{id}/download", Set.of("split", "fold"), this::download));
    }

    private void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        try (Handle handle = reads.open()) {
            List<DatasetBody> datasets =
                    handle
                            .attach(DatasetSql.class)
                            .datasets(
                                    null,
                                    query.optionalSymbol().orElse(null),
                                    query.oneOf("status", STATUSES).orElse(null),
                                    query.number("limit", 1, MOST).orElse(MOST))
                            .stream()
                            .map(stored -> DatasetBody.of(stored, clock.instant()))
                            .toList();
            answer(ctx, new Listed(datasets, RequestIds.of(ctx)));
        }
    }

    private void one(Context ctx) throws IOException {
        StoredDataset stored = stored(ctx);
        boolean ready = stored.status().equals("ready");
        answer(
                ctx,
                DatasetBody.of(
                        stored,
                        clock.instant(),
                        ready ? files.manifest(stored.datasetId()) : Optional.empty(),
                        ready ? files.certificate(stored.datasetId()) : Optional.empty()));
    }

    private StoredDataset stored(Context ctx) {
        String id = id(ctx.pathParam("id"));
        try (Handle handle = reads.open()) {
            return handle.attach(DatasetSql.class).dataset(id).orElseThrow(() -> unknown(id));
        }
    }

    /** An id as a part of a path. */
    static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new ProblemException(ProblemType.DATASET_NOT_FOUND, "there is no such dataset");
        }
        return text;
    }

    static ProblemException unknown(String id) {
        return new ProblemException(ProblemType.DATASET_NOT_FOUND, "there is no dataset " + id);
    }

    private void download(Context ctx) throws IOException {
        QueryParameters query = QueryParameters.of(ctx);
        String split = query.oneOf("split", SPLITS).orElse("all");
        Optional<Long> fold = query.number("fold", 0, 10_000);
        StoredDataset stored = stored(ctx);
        Optional<JsonNode> manifest =
                stored.status().equals("ready")
                        ? files.manifest(stored.datasetId())
                        : Optional.empty();
        if (manifest.isEmpty()) {
            throw new ProblemException(
                    ProblemType.DATASET_NOT_READY,
                    "dataset %s is %s, not ready".formatted(stored.datasetId(), stored.status()));
        }
        List<Part> parts = files.parts(stored.datasetId(), manifest.get(), split, fold);
        if (parts.isEmpty()) {
            throw new ProblemException(
                    ProblemType.DATASET_NOT_FOUND,
                    "dataset %s has no such split or fold".formatted(stored.datasetId()));
        }
        boolean single = parts.size() == 1 && !split.equals("all");
        String name = stored.datasetId() + (single ? "-" + split : "");
        if (single) {
            Part part = parts.get(0);
            ctx.header("ETag", '"' + part.sha256() + '"');
            ctx.header(
                    "Repr-Digest",
                    "sha-256=:"
                            + Base64.getEncoder()
                                    .encodeToString(HexFormat.of().parseHex(part.sha256()))
                            + ":");
            boolean csv = part.name().endsWith(".csv");
            disposition(ctx, name + (csv ? ".csv" : ".parquet"));
            ctx.contentType(csv ? "text/csv" : "application/vnd.apache.parquet");
            send(ctx, Download.file(part), part.sha256());
            return;
        }
        // Of names and hashes of the files, which the bytes of the tar are a function of.
        String hash =
                UUID.nameUUIDFromBytes(
                                parts.stream()
                                        .map(part -> part.name() + part.sha256())
                                        .reduce("", String::concat)
                                        .getBytes(StandardCharsets.UTF_8))
                        .toString();
        ctx.header("ETag", '"' + hash + '"');
        disposition(ctx, name + ".tar");
        ctx.contentType("application/x-tar");
        send(ctx, Download.tar(stored.datasetId(), parts), hash);
    }

    private static void disposition(Context ctx, String name) {
        ctx.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /** All of it, or the range that was asked for. */
    private static void send(Context ctx, Download download, String tag) throws IOException {
        ctx.header("Accept-Ranges", "bytes");
        long length = download.length();
        long from = 0;
        long to = length;
        String range = ctx.header(Header.RANGE);
        String condition = ctx.header("If-Range");
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (asked.matches()
                && !(asked.group(1).isEmpty() && asked.group(2).isEmpty())
                && (condition == null || condition.equals('"' + tag + '"'))) {
            if (asked.group(1).isEmpty()) {
                from = Math.max(0, length - Long.parseLong(asked.group(2)));
            } else {
                from = Long.parseLong(asked.group(1));
                to =
                        asked.group(2).isEmpty()
                                ? length
                                : Math.min(length, Long.parseLong(asked.group(2)) + 1);
            }
            if (from >= to) {
                ctx.header("Content-Range", "bytes */" + length);
                throw new ProblemException(
                        ProblemType.RANGE_NOT_SATISFIABLE, "there are %d bytes".formatted(length));
            }
            ctx.status(206);
            ctx.header("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, length));
        }
        ctx.res().setContentLengthLong(to - from);
        download.send(from, to, ctx.res().getOutputStream());
    }

    static void answer(Context ctx, Object body) {
        ctx.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(body));
    }

    private record Listed(List<DatasetBody> datasets, String requestId) {}
}
