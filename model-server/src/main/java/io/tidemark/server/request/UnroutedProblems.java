package io.tidemark.server.request;

import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.problem.ProblemBody;
import io.tidemark.server.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Requests Jetty refuses before a route is looked for: the same bodies as everywhere else. */
public final class UnroutedProblems extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String id = response.getHeaders().get(RequestIds.HEADER);
        if (id == null) {
            id = RequestIds.choose(request.getHeaders().get(RequestIds.HEADER));
        }
        String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
        byte[] body = body(response.getStatus(), path, id);
        ResponseHeaders.addTo(response.getHeaders(), id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        // Jetty reads no further after what it could not read; a client must not ask here again.
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /** What Jetty says about the cause may quote the request, so it is not repeated. */
    private static byte[] body(int status, @Nullable String path, String id) {
        ProblemType type = ProblemType.ofStatus(status);
        return ProblemBody.bytes(
                type, type.title(), path == null ? "" : path, id, Map.of("status", status));
    }
}
