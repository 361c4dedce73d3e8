package io.tidemark.local.drill;

import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What became of numbered messages: how often each was accepted, a duplicate, late, rejected; four
 * bytes a message. A fate met more than 255 times counts as 255.
 */
final class MessageFates {
    private static final int BITS = 8;
    private static final int MOST = (1 << BITS) - 1;
    private static final int REJECTED = 3;

    private int[] packed = new int[1 << 16];
    private final Map<Integer, List<RejectReason>> reasons = new HashMap<>();

    /** The message was read and met that fate; a negative number is nobody's. */
    void met(int number, Verdict verdict) {
        count(number, verdict.ordinal());
    }

    /** The message was refused for that reason. */
    void rejected(int number, RejectReason reason) {
        count(number, REJECTED);
        reasons.merge(number, List.of(reason), MessageFates::joined);
    }

    /** How often it met that fate. */
    int times(int number, Verdict verdict) {
        return times(number, verdict.ordinal());
    }

    /** How often it was refused. */
    int rejections(int number) {
        return times(number, REJECTED);
    }

    /** Why it was refused, once for each time. */
    List<RejectReason> reasons(int number) {
        return reasons.getOrDefault(number, List.of());
    }

    /** How often it was read. */
    int copies(int number) {
        int copies = rejections(number);
        for (Verdict verdict : Verdict.values()) {
            copies += times(number, verdict);
        }
        return copies;
    }

    private void count(int number, int fate) {
        if (number < 0) {
            return;
        }
        if (number >= packed.length) {
            packed = Arrays.copyOf(packed, Math.max(number + 1, 2 * packed.length));
        }
        if (times(number, fate) < MOST) {
            packed[number] += 1 << (fate * BITS);
        }
    }

    private int times(int number, int fate) {
        return number < 0 || number >= packed.length ? 0 : packed[number] >>> (fate * BITS) & MOST;
    }

    private static List<RejectReason> joined(List<RejectReason> a, List<RejectReason> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }
}
