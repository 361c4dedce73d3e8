package io.tidemark.server.problem;

import java.util.Arrays;
import java.util.Locale;

/** Every way a call can fail. Never rename one: clients switch on {@link #uri}. */
public enum ProblemType {
    INVALID_REQUEST(400, "Invalid request"),
    UNAUTHORIZED(401, "A valid API key is needed"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "No such resource"),
    SYMBOL_NOT_FOUND(404, "No rows of this symbol"),
    VERSION_NOT_FOUND(404, "No rows of this feature registry version"),
    REGISTRY_VERSION_NOT_FOUND(404, "No such feature registry version"),
    MODEL_NOT_FOUND(404, "No such model"),
    DATASET_NOT_FOUND(404, "No such dataset"),
    ALARM_NOT_FOUND(404, "No such alarm"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    REQUEST_TIMEOUT(408, "The body came too slowly"),
    STALE(409, "The newest value is older than asked for"),
    EVALUATION_RUNS(409, "Another evaluation runs"),
    BREAKING_CHANGES(409, "The version breaks readers of its rows"),
    ACTIVATION_CONFLICT(409, "Another version was activated meanwhile"),
    NOTHING_BEFORE(409, "There is nothing to go back to"),
    VERSION_EXISTS(409, "There is such a version already"),
    VERSION_IN_USE(409, "The version is in use"),
    DATASET_EXISTS(409, "There is such a dataset already"),
    DATASET_IN_USE(409, "Models were trained on the dataset"),
    DATASET_NOT_READY(409, "The dataset is not ready"),
    ALARM_NOT_OPEN(409, "The alarm is not open"),
    CONTENT_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The URL is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    RANGE_NOT_SATISFIABLE(416, "There are no such bytes"),
    INVALID_REGISTRY(422, "The feature registry is not usable"),
    DATASET_REFUSED(422, "The dataset is not usable"),
    MODEL_REFUSED(422, "The model is not usable"),
    FEATURES_MISSING(422, "The model refuses undefined features"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "Internal error"),
    STORE_UNAVAILABLE(503, "The serving store cannot be reached"),
    PACKAGES_UNAVAILABLE(503, "The packages of models cannot be reached"),
    NOT_READY(503, "Not ready"),
    NO_ACTIVE_MODEL(503, "No model is active");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The same words for every problem of this type. */
    public String title() {
        return title;
    }

    /** {@code urn:tidemark:problem:symbol-not-found}. */
    public String uri() {
        return "urn:tidemark:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The general type of a status somebody else chose (Jetty, Javalin). */
    public static ProblemType ofStatus(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(status < 500 ? INVALID_REQUEST : INTERNAL);
    }
}
