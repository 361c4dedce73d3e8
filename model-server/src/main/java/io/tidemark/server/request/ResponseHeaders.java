package io.tidemark.server.request;

import io.tidemark.server.identity.RequestIds;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Headers of every response, set before anything can fail: the request's identity and what keeps a
 * browser from doing more than it is told. Refuses requests with too many headers.
 */
public final class ResponseHeaders implements HttpConfiguration.Customizer {
    private static final int MAX_HEADERS = 100;

    /**
     * What Javalin would hear and nothing here should: another method, and the offer to speak
     * WebSocket, which it answers past the routes, without keys and limits, and begins a session
     * for that stays.
     */
    private static final List<String> UNHEARD =
            List.of("X-HTTP-Method-Override", "Sec-WebSocket-Version");

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        addTo(responseHeaders, RequestIds.choose(request.getHeaders().get(RequestIds.HEADER)));
        int headers = 0;
        for (HttpField ignored : request.getHeaders()) {
            headers++;
        }
        if (headers > MAX_HEADERS) {
            throw new HttpException.RuntimeException(
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                    "at most %d headers, got %d".formatted(MAX_HEADERS, headers));
        }
        return UNHEARD.stream().anyMatch(request.getHeaders()::contains)
                ? withoutUnheard(request)
                : request;
    }

    private static Request withoutUnheard(Request request) {
        HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
        UNHEARD.forEach(name -> headers.remove(name));
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    /** Swagger UI draws its icons from {@code data:} images; nothing else is loosened. */
    static void addTo(HttpFields.Mutable headers, String requestId) {
        headers.put(RequestIds.HEADER, requestId);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'");
        headers.put("Cache-Control", "no-store");
    }
}
