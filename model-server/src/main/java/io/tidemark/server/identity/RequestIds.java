package io.tidemark.server.identity;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The identity of a request: the client's {@code X-Request-ID} when sane, else a new one. */
public final class RequestIds {
    public static final String HEADER = "X-Request-ID";
    public static final String LOG_KEY = "request_id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestIds() {}

    /** The id chosen when the request came in, or the client's. */
    public static String of(Context ctx) {
        String chosen = ctx.res().getHeader(HEADER);
        return chosen == null ? choose(ctx.header(HEADER)) : chosen;
    }

    /** The text when it is an id, else a new one. */
    public static String choose(@Nullable String sent) {
        return sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    }
}
