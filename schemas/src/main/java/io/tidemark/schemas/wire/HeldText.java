package io.tidemark.schemas.wire;

import org.jspecify.annotations.Nullable;

/**
 * A text of the message that is read: kept as its place in the body until an event is made of it.
 * So a refused message makes no string, and no reference is stored in an old object, which would
 * cost a write barrier. Reused from message to message.
 */
final class HeldText {
    private static final int ABSENT = -1;

    private int offset;
    private int length = ABSENT;
    private int likelyLength;
    private @Nullable String apart;

    /** Forgets the text. */
    void clear() {
        length = ABSENT;
        if (apart != null) {
            apart = null;
        }
    }

    /** Holds bytes of ASCII in the body. */
    void hold(int from, int bytes) {
        offset = from;
        length = bytes;
        likelyLength = bytes;
    }

    /** Holds a text that does not stand in the body as it is. */
    void hold(String text) {
        apart = text;
        length = text.length();
    }

    /** The length it had last. */
    int likelyLength() {
        return likelyLength;
    }

    /** A string of its own, the body given; null where there is none. */
    @Nullable String from(byte[] body) {
        if (length == ABSENT || apart != null) {
            return apart;
        }
        return Utf8.ascii(body, offset, length);
    }
}
