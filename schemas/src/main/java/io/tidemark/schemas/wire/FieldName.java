package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A field's name that was met before, as it stands in a message that has no needless blanks: in
 * quotes, with its colon.
 */
final class FieldName {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final String text;
    private final FieldTaker taker;
    private final int place;
    private final int length;
    private final long[] words;
    private final long lastMask;

    /** The name that followed this one last. */
    private @Nullable FieldName follower;

    /** The name that followed it before that. */
    private @Nullable FieldName formerFollower;

    private FieldName(String text, FieldTaker taker, int place) {
        this.text = text;
        this.taker = taker;
        this.place = place;
        byte[] quoted = ('"' + text + "\":").getBytes(US_ASCII);
        length = quoted.length;
        words = new long[(length + Long.BYTES - 1) / Long.BYTES];
        byte[] padded = Arrays.copyOf(quoted, Long.BYTES * words.length);
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) LONGS.get(padded, Long.BYTES * i);
        }
        lastMask = -1L >>> (Byte.SIZE * (padded.length - length));
    }

    /**
     * The name of that text.
     *
     * @param text printable ASCII without quotes and backslashes
     * @param place its place among the names of its object, 0 to 63
     */
    static FieldName of(String text, FieldTaker taker, int place) {
        return new FieldName(text, taker, place);
    }

    String text() {
        return text;
    }

    /** What to do with its fields. */
    FieldTaker taker() {
        return taker;
    }

    /** Its place among the names of its object. */
    int place() {
        return place;
    }

    /** Bytes of the name with its quotes and colon. */
    int length() {
        return length;
    }

    /** Whether the name with its quotes and colon stands there; false at the very end. */
    boolean standsAt(byte[] bytes, int at) {
        if (at + Long.BYTES * words.length > bytes.length) {
            return false;
        }
        int last = words.length - 1;
        for (int i = 0; i < last; i++) {
            if ((long) LONGS.get(bytes, at + Long.BYTES * i) != words[i]) {
                return false;
            }
        }
        long word = (long) LONGS.get(bytes, at + Long.BYTES * last);
        return ((word ^ words[last]) & lastMask) == 0;
    }

    @Nullable FieldName follower() {
        return follower;
    }

    @Nullable FieldName formerFollower() {
        return formerFollower;
    }

    /** Remembers what followed. */
    void followedBy(FieldName name) {
        if (follower != name) {
            formerFollower = follower;
            follower = name;
        }
    }
}
