package io.tidemark.server.features;

import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with the parts of a body, by their places: the first of them, not all. */
final class ExtractErrors {
    private static final int MOST = 20;

    private final List<Map<String, String>> errors = new ArrayList<>();

    /** Something that makes all of the body useless. */
    static ProblemException invalid(String pointer, String code, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                detail,
                Map.of("errors", List.of(error(pointer, code, detail))));
    }

    /** One part that cannot be read; the others are still looked at. */
    void add(String pointer, String code, String detail) {
        if (errors.size() < MOST) {
            errors.add(error(pointer, code, detail));
        }
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "not everything can be read; the first: "
                            + errors.get(0).get("pointer")
                            + ": "
                            + errors.get(0).get("detail"),
                    Map.of("errors", errors));
        }
    }

    private static Map<String, String> error(String pointer, String code, String detail) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("pointer", pointer);
        error.put("code", code);
        error.put("detail", detail);
        return error;
    }
}
