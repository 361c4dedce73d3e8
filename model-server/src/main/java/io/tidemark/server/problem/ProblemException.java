package io.tidemark.server.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call that fails in a way its client should understand. The message is for the client. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final transient Map<String, Object> members;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /**
     * @param members what a program may want besides the text, as further members of the body
     */
    public ProblemException(ProblemType type, String detail, Map<String, Object> members) {
        super(detail);
        this.type = type;
        this.members = new LinkedHashMap<>(members);
    }

    /** One query parameter that cannot be used. */
    public static ProblemException badParameter(String name, String code, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                detail,
                Map.of(
                        "errors",
                        List.of(
                                Map.of(
                                        "pointer",
                                        "/query/" + name,
                                        "code",
                                        code,
                                        "detail",
                                        detail))));
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Map<String, Object> members() {
        return members;
    }
}
