package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.RejectReason;

/**
 * A message that is no event. Carries the stable code and a detail fit for a log line; has no stack
 * trace, because refusing is an ordinary answer and must stay cheap.
 */
public final class RefusedException extends Exception {
    /** The longest detail, in characters. */
    public static final int MAX_DETAIL = 256;

    private final RejectReason reason;
    private final String detail;

    /**
     * Refuses with that reason.
     *
     * @param detail what was wanted, what came, where; cut to {@link #MAX_DETAIL} characters and
     *     made printable here
     */
    public RefusedException(RejectReason reason, String detail) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.detail = PrintableText.of(detail, MAX_DETAIL);
    }

    @Override
    public String getMessage() {
        return reason + ": " + detail;
    }

    /** The stable code. */
    public RejectReason reason() {
        return reason;
    }

    /** What was wanted, what came, where: one printable line. */
    public String detail() {
        return detail;
    }
}
