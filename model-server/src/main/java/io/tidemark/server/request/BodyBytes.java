package io.tidemark.server.request;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;

/** The bytes of a body of JSON as they came: bounded in number and in time, and not packed. */
public final class BodyBytes {
    private static final int CHUNK = 8_192;

    /** A thread waits for each body: somebody who sends a byte a second must not have many. */
    private static final int SLOWEST = 1_024;

    private static final int PATIENCE_SECONDS = 10;

    private BodyBytes() {}

    /**
     * All of them; none when there is no body.
     *
     * @param most bytes of it; a longer one is refused, whatever it says of its length
     */
    public static byte[] of(Context ctx, int most) {
        byte[] bytes;
        try {
            bytes = read(ctx, most);
        } catch (IOException e) {
            // Its chunks or its length are a lie, or it ended early; it is not our fault.
            throw ended(
                    ctx,
                    e.getCause() instanceof TimeoutException
                            ? ProblemType.REQUEST_TIMEOUT
                            : ProblemType.INVALID_REQUEST,
                    "the body cannot be read to its end");
        }
        if (bytes.length == 0) {
            return bytes;
        }
        String type = ctx.contentType();
        if (type == null || !type.startsWith(ContentType.JSON)) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "this call takes application/json");
        }
        String encoding = ctx.header(Header.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "bodies are not unpacked; send it as it is");
        }
        return bytes;
    }

    private static byte[] read(Context ctx, int most) throws IOException {
        InputStream body = ctx.req().getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        long begun = System.nanoTime();
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            bytes.write(chunk, 0, read);
            if (bytes.size() > most) {
                throw ended(
                        ctx,
                        ProblemType.CONTENT_TOO_LARGE,
                        "the body may have at most " + most + " bytes");
            }
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            if (seconds >= PATIENCE_SECONDS && bytes.size() < seconds * SLOWEST) {
                throw ended(
                        ctx,
                        ProblemType.REQUEST_TIMEOUT,
                        "the body comes more slowly than %d bytes a second".formatted(SLOWEST));
            }
        }
        return bytes.toByteArray();
    }

    /** What is left of the body is not read: the connection ends with the answer. */
    private static ProblemException ended(Context ctx, ProblemType type, String detail) {
        ctx.header(Header.CONNECTION, "close");
        return new ProblemException(type, detail);
    }
}
