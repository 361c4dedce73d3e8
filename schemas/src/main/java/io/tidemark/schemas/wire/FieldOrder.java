package io.tidemark.schemas.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of one kind of object, learnt from message to message. A venue writes the fields of a
 * kind in one order, so the name to come is nearly always the one that followed last time: then it
 * is recognised by comparing a word or two, and told from a repetition by one bit.
 *
 * <p>Names are learnt up to 64; a message full of others costs the time of reading them, and what
 * was learnt from it is forgotten. Not thread-safe.
 */
final class FieldOrder {
    private static final int MAX_LEARNT = Long.SIZE;
    private static final int MAX_LENGTH = 64;
    private static final int BEGINNING = MAX_LEARNT;
    private static final int OTHER = -1;

    private final Function<String, FieldTaker> takers;
    private final Map<String, FieldName> learnt = new HashMap<>();

    /** The learnt names by place, and behind them what stands for the beginning. */
    private final FieldName[] names = new FieldName[MAX_LEARNT + 1];

    private final NameSet others = new NameSet(JsonCursor.MAX_FIELDS);
    private FieldTaker otherTaker = FieldTaker.SKIP;

    // Places and not references: a reference stored into an old object costs a write barrier.
    private int last = BEGINNING;
    private int current = OTHER;
    private long seen;

    /** An order whose fields are for those takers; asked once a name learnt. */
    FieldOrder(Function<String, FieldTaker> takers) {
        this.takers = takers;
        Arrays.fill(names, FieldName.of("", FieldTaker.SKIP, 0));
    }

    /** Begins a new object. */
    void reset() {
        if (learnt.size() == MAX_LEARNT) {
            learnt.clear();
            names[BEGINNING] = FieldName.of("", FieldTaker.SKIP, 0);
        }
        others.reset();
        last = BEGINNING;
        current = OTHER;
        seen = 0;
    }

    /** The name that stands there with its quotes and colon; null when it must be read. */
    @Nullable FieldName expectedAt(byte[] bytes, int at) {
        FieldName before = names[last];
        FieldName likely = before.follower();
        if (likely != null && likely.standsAt(bytes, at)) {
            return likely;
        }
        FieldName second = before.formerFollower();
        return second != null && second.standsAt(bytes, at) ? second : null;
    }

    /** Takes an expected name; false when it was there before. */
    boolean add(FieldName name) {
        long bit = 1L << name.place();
        boolean fresh = (seen & bit) == 0;
        seen |= bit;
        last = name.place();
        current = last;
        return fresh;
    }

    /** Takes a name that was read; false when it was there before. */
    boolean add(String text) {
        FieldName name = learnt.get(text);
        if (name == null) {
            if (!isPlain(text) || learnt.size() == MAX_LEARNT) {
                otherTaker = takers.apply(text);
                current = OTHER;
                return others.add(text);
            }
            name = FieldName.of(text, takers.apply(text), learnt.size());
            names[name.place()] = name;
            learnt.put(text, name);
        }
        names[last].followedBy(name);
        return add(name);
    }

    /** What to do with the field whose name was added last. */
    FieldTaker taker() {
        return current == OTHER ? otherTaker : names[current].taker();
    }

    private static boolean isPlain(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
