package io.tidemark.server.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A small JSON object as a body; every fault is a 400 that points at the field. */
public final class JsonBody {
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(10)
                                                    .build())
                                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /**
     * The body of a call. None at all is an empty object.
     *
     * @param mostBytes more are refused
     * @param known its fields; any other is refused
     */
    public static JsonBody of(Context ctx, int mostBytes, Set<String> known) throws IOException {
        byte[] bytes = BodyBytes.of(ctx, mostBytes);
        if (bytes.length == 0) {
            return new JsonBody(JSON.createObjectNode());
        }
        return of(parsed(bytes), known);
    }

    /** An object within a body; pointers of faults begin at it. */
    public static JsonBody of(JsonNode object, Set<String> known) {
        if (!object.isObject()) {
            throw invalid("", "wrong_type", "this must be an object");
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw invalid(
                        "", "unknown_field", "unknown field; known here: " + new TreeSet<>(known));
            }
        }
        return new JsonBody(object);
    }

    private static JsonNode parsed(byte[] bytes) throws IOException {
        try {
            @Nullable JsonNode object = JSON.readTree(bytes);
            if (object == null || !object.isObject()) {
                throw invalid("", "wrong_type", "the body must be an object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw invalid("", "malformed", fault(e));
        }
    }

    /** What is wrong and where, in our words: the parser's have names of its classes. */
    public static String fault(JsonProcessingException e) {
        String what =
                e instanceof StreamConstraintsException
                        ? "the body is nested too deeply, or a number or text in it is too long"
                        : "the body is no JSON, or says something twice";
        JsonLocation at = e.getLocation();
        return at == null
                ? what
                : "%s: line %d, column %d".formatted(what, at.getLineNr(), at.getColumnNr());
    }

    /** A text that is not blank. */
    public String text(String name, int mostCharacters) {
        return optionalText(name, mostCharacters)
                .orElseThrow(() -> invalid("/" + name, "missing", name + " is required"));
    }

    /** A text that is not blank, when it is there. */
    public Optional<String> optionalText(String name, int mostCharacters) {
        @Nullable JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("/" + name, "wrong_type", name + " must be a text");
        }
        String text = value.textValue();
        if (text.isBlank() || text.length() > mostCharacters || text.indexOf('\0') >= 0) {
            throw invalid(
                    "/" + name,
                    "out_of_range",
                    "%s must be 1 to %d characters, not all blank".formatted(name, mostCharacters));
        }
        return Optional.of(text);
    }

    /** A whole number in a range, when it is there. */
    public Optional<Long> number(String name, long least, long most) {
        @Nullable JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw invalid("/" + name, "wrong_type", name + " must be a whole number");
        }
        if (value.longValue() < least || value.longValue() > most) {
            throw invalid(
                    "/" + name,
                    "out_of_range",
                    "%s must be from %d to %d".formatted(name, least, most));
        }
        return Optional.of(value.longValue());
    }

    /** Whatever the field is, when it is there. */
    public Optional<JsonNode> node(String name) {
        @Nullable JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** True or false; false when it is not there. */
    public boolean flag(String name) {
        @Nullable JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw invalid("/" + name, "wrong_type", name + " must be true or false");
        }
        return value.booleanValue();
    }

    private static ProblemException invalid(String pointer, String code, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                detail,
                Map.of(
                        "errors",
                        List.of(Map.of("pointer", pointer, "code", code, "detail", detail))));
    }
}
