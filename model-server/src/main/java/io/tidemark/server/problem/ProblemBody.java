package io.tidemark.server.problem;

import io.tidemark.server.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code application/problem+json}, with the members older clients of such platforms look for. */
public final class ProblemBody {
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemBody() {}

    /** The body as UTF-8; every text in it is escaped by the JSON writer. */
    public static byte[] bytes(
            ProblemType type,
            String detail,
            String path,
            String requestId,
            Map<String, Object> members) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type.uri());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        body.put("instance", path);
        body.put("error", type.title());
        body.put("error_code", type.name());
        body.put("message", detail);
        body.put("request_id", requestId);
        members.forEach(body::putIfAbsent);
        return Json.bytes(body);
    }
}
