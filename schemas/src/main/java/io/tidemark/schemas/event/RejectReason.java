package io.tidemark.schemas.event;

/**
 * Why a message was refused. A stable code: dashboards and the archive hold it; never rename one.
 */
public enum RejectReason {
    EMPTY_BODY,
    TOO_LARGE,
    BAD_ENCODING,
    MALFORMED,
    TOO_DEEP,
    TOO_MANY_FIELDS,
    DUPLICATE_KEY,
    TRAILING_DATA,
    NOT_AN_OBJECT,
    MISSING_FIELD,
    WRONG_TYPE,
    BAD_ENUM,
    BAD_SYMBOL,
    NUMBER_TOO_LONG,
    NOT_FINITE,
    OUT_OF_RANGE,
    BAD_TIMESTAMP,
    TIMESTAMP_RANGE,
    TIMESTAMP_FUTURE,
    INCONSISTENT,
    WRONG_QUEUE
}
