package io.tidemark.server.docs;

import io.tidemark.server.json.Json;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The REST contract, {@code openapi/openapi.yaml} of the schemas module, as JSON. */
final class OpenApiDocument {
    private static final String RESOURCE = "/openapi/openapi.yaml";

    private OpenApiDocument() {}

    /** UTF-8; read and converted at every call. */
    static byte[] json() {
        Object document =
                new Yaml(new SafeConstructor(new LoaderOptions()))
                        .load(new String(Resource.bytes(RESOURCE), StandardCharsets.UTF_8));
        return Json.bytes(document);
    }
}
