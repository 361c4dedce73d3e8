package io.tidemark.schemas.wire;

import org.jspecify.annotations.Nullable;

/**
 * A text of the message that is read, of the few that come again and again in its field: kept as a
 * place in a pool of its own until an event is made of it, for the reason {@link HeldText} gives.
 * Reused from message to message.
 */
final class PooledText {
    private final TextPool pool = new TextPool();
    private int place = TextPool.NONE;
    private int likelyLength;
    private @Nullable String apart;

    /** Forgets the text. */
    void clear() {
        place = TextPool.NONE;
        if (apart != null) {
            apart = null;
        }
    }

    /** Holds bytes of ASCII if they were held before; false, and nothing held, where not. */
    boolean holdKnown(byte[] text, int offset, int length) {
        place = length > TextPool.MAX_POOLED ? TextPool.NONE : pool.place(text, offset, length);
        likelyLength = length;
        return place != TextPool.NONE;
    }

    /** Holds bytes of UTF-8. */
    void hold(byte[] text, int offset, int length, boolean ascii) {
        if (ascii && length <= TextPool.MAX_POOLED) {
            place = pool.add(text, offset, length);
        } else {
            apart = pool.of(text, offset, length, ascii);
        }
    }

    /** The length it had last. */
    int likelyLength() {
        return likelyLength;
    }

    boolean isAbsent() {
        return place == TextPool.NONE && apart == null;
    }

    /** The text; null where there is none. */
    @Nullable String text() {
        return place == TextPool.NONE ? apart : pool.at(place);
    }
}
