package io.tidemark.job.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The identity of a message by its bytes: 128 bits, for the publisher sets neither message id nor
 * correlation id. Two FNV-1a-style accumulators over 8-byte words with different odd multipliers,
 * each finished by MurmurHash3's fmix64 (Appleby, public domain). Not against an adversary: whoever
 * can publish here can publish anything.
 */
record ContentIdentity(long first, long second) {
    private static final long FIRST_MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long SECOND_MULTIPLIER = 0xC2B2AE3D27D4EB4FL;
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static ContentIdentity of(byte[] body) {
        long first = 0xCBF29CE484222325L ^ body.length;
        long second = 0x84222325CBF29CE4L + body.length;
        int i = 0;
        for (; i + 8 <= body.length; i += 8) {
            long word = (long) WORDS.get(body, i);
            first = Long.rotateLeft((first ^ word) * FIRST_MULTIPLIER, 29);
            second = Long.rotateLeft((second + word) * SECOND_MULTIPLIER, 31);
        }
        for (; i < body.length; i++) {
            first = Long.rotateLeft((first ^ body[i]) * FIRST_MULTIPLIER, 29);
            second = Long.rotateLeft((second + body[i]) * SECOND_MULTIPLIER, 31);
        }
        return new ContentIdentity(mix(first), mix(second));
    }

    private static long mix(long value) {
        long mixed = value;
        mixed ^= mixed >>> 33;
        mixed *= 0xFF51AFD7ED558CCDL;
        mixed ^= mixed >>> 33;
        mixed *= 0xC4CEB9FE1A85EC53L;
        mixed ^= mixed >>> 33;
        return mixed;
    }
}
