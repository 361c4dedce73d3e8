package io.tidemark.server.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.server.model.ModelRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code package.json} as bytes. Strict: nothing unknown, nothing absent, nothing twice. */
final class PackageJson {
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(20)
                                                    .maxNumberLength(64)
                                                    .maxStringLength(100_000)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private PackageJson() {}

    static byte[] write(ModelPackage content) {
        try {
            return JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another format is refused as such, whatever else it has. */
    static ModelPackage read(byte[] bytes) throws ModelRefusedException {
        try {
            JsonNode content = JSON.readTree(bytes);
            if (!content.isObject()) {
                throw new ModelRefusedException("package.json cannot be read: it is no object");
            }
            JsonNode format = content.path("package_format");
            if (format.isInt() && format.intValue() != ModelPackage.FORMAT) {
                throw new ModelRefusedException(
                        "package format %d is not known here; %d is"
                                .formatted(format.intValue(), ModelPackage.FORMAT));
            }
            return JSON.treeToValue(content, ModelPackage.class);
        } catch (JsonProcessingException e) {
            throw new ModelRefusedException(
                    "package.json cannot be read: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
