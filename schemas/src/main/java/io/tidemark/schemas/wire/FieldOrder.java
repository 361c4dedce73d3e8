package io.tidemark.schemas.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
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

    private final ToIntFunction<String> codes;
    private final Map<String, FieldName> learnt = new HashMap<>();

    /** The learnt names by place. */
    private final @Nullable FieldName[] names = new FieldName[MAX_LEARNT];

    /** The place of the name that followed each last, and behind them of the first. */
    private final int[] followers = new int[MAX_LEARNT + 1];

    private final NameSet others = new NameSet(JsonCursor.MAX_FIELDS);

    private int last = BEGINNING;
    private long seen;

    /** An order whose names its reader calls that; asked once a name learnt. */
    FieldOrder(ToIntFunction<String> codes) {
        this.codes = codes;
    }

    /** Begins a new object. */
    void reset() {
        if (learnt.size() == MAX_LEARNT) {
            learnt.clear();
            Arrays.fill(names, null);
        }
        others.reset();
        last = BEGINNING;
        seen = 0;
    }

    /** The name that stands there with its quotes and colon; null when it must be read. */
    @Nullable FieldName expectedAt(byte[] bytes, int at) {
        FieldName likely = names[followers[last]];
        return likely != null && likely.quoted().standAt(bytes, at) ? likely : null;
    }

    /** The name of that text, and that it follows the last one. */
    FieldName named(String text) {
        FieldName name = learnt.get(text);
        if (name == null) {
            if (!isPlain(text) || learnt.size() == MAX_LEARNT) {
                return FieldName.of(text, codes.applyAsInt(text), FieldName.NO_PLACE);
            }
            name = FieldName.of(text, codes.applyAsInt(text), learnt.size());
            names[name.place()] = name;
            learnt.put(text, name);
        }
        followers[last] = name.place();
        return name;
    }

    /** Takes the next name; false when it was there before. */
    boolean add(FieldName name) {
        int place = name.place();
        if (place == FieldName.NO_PLACE) {
            return others.add(name.text());
        }
        long before = seen;
        seen = before | 1L << place;
        last = place;
        return seen != before;
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
