package io.tidemark.server.request;

import io.tidemark.server.identity.RequestIds;
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
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

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
        return request.getHeaders().contains(METHOD_OVERRIDE) ? withoutOverride(request) : request;
    }

    /** Javalin would take the header for the method; nothing here should be that clever. */
    private static Request withoutOverride(Request request) {
        HttpFields headers = HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE);
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
