package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.RejectReason;

/** The checks of a body that need no JSON: length and encoding. */
final class BodyBytes {
    private BodyBytes() {}

    /** The index of the first byte of JSON: behind a UTF-8 byte order mark where there is one. */
    static int check(byte[] body, int maxBytes) throws RefusedException {
        if (body.length == 0) {
            throw new RefusedException(RejectReason.EMPTY_BODY, "the body has no bytes");
        }
        if (body.length > maxBytes) {
            throw new RefusedException(
                    RejectReason.TOO_LARGE,
                    "wanted at most " + maxBytes + " bytes, got " + body.length);
        }
        // A serialised Java object is no text at all: say so, and never read it as one.
        if (body[0] == (byte) 0xAC && startsWith(body, 0xAC, 0xED)) {
            throw new RefusedException(
                    RejectReason.MALFORMED, "wanted JSON, got a serialised Java object");
        }
        // UTF-16 and UTF-32 without a mark show as a NUL among the first four bytes.
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                throw new RefusedException(
                        RejectReason.BAD_ENCODING, "wanted UTF-8, got a NUL at byte " + i);
            }
        }
        return body[0] == (byte) 0xEF && startsWith(body, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    }

    /** Refuses what is not UTF-8. */
    static void requireUtf8(byte[] body) throws RefusedException {
        int malformed = Utf8.firstMalformed(body);
        if (malformed >= 0) {
            throw new RefusedException(
                    RejectReason.BAD_ENCODING,
                    "wanted UTF-8, got 0x%02x at byte %d"
                            .formatted(body[malformed] & 0xFF, malformed));
        }
    }

    private static boolean startsWith(byte[] body, int... prefix) {
        if (body.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((body[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
