package io.tidemark.server.request;

import io.tidemark.server.identity.RequestIds;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request, refused ones included. The query is left out: it may hold what somebody
 * wrongly put there. The layout escapes the path.
 */
public final class RequestLogLine implements RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tidemark.server.requests");
    private static final int MAX_PATH = 200;

    @Override
    public void log(Request request, Response response) {
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - request.getBeginNanoTime());
        String path = String.valueOf(request.getHttpURI().getPath());
        LOG.atInfo()
                .addKeyValue(
                        RequestIds.LOG_KEY,
                        String.valueOf(response.getHeaders().get(RequestIds.HEADER)))
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", path.substring(0, Math.min(path.length(), MAX_PATH)))
                .addKeyValue("status", response.getStatus())
                .addKeyValue("bytes", Response.getContentBytesWritten(response))
                .addKeyValue("micros", micros)
                .log("request");
    }
}
