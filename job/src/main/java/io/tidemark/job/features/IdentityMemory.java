package io.tidemark.job.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.MapState;

/**
 * The identities of the events of a symbol's closed steps: what tells a duplicate from a late
 * event. One entry per step with events, written once when the step closes and read only when an
 * event comes after it.
 *
 * <p>The state ends: entries older than the horizon are removed as steps close, and all of them
 * when the symbol has been idle for the horizon.
 */
final class IdentityMemory {
    private final MapState<Long, long[]> identitiesByStep;

    IdentityMemory(MapState<Long, long[]> identitiesByStep) {
        this.identitiesByStep = identitiesByStep;
    }

    /**
     * Whether an event of that step had the identity; remembers it if not. O(events of the step).
     */
    boolean seenBefore(long stepEndMicros, long identity) throws Exception {
        long[] known = identitiesByStep.get(stepEndMicros);
        if (known == null) {
            identitiesByStep.put(stepEndMicros, new long[] {identity});
            return false;
        }
        for (long one : known) {
            if (one == identity) {
                return true;
            }
        }
        long[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = identity;
        identitiesByStep.put(stepEndMicros, more);
        return false;
    }

    void remember(long stepEndMicros, long[] identities) throws Exception {
        identitiesByStep.put(stepEndMicros, identities);
    }

    void forget(long stepEndMicros) throws Exception {
        identitiesByStep.remove(stepEndMicros);
    }

    /**
     * Forgets every step that ended before that time. O(steps remembered): for after a pause, not
     * for every step.
     */
    void forgetBefore(long micros) throws Exception {
        List<Long> old = new ArrayList<>();
        for (Long stepEnd : identitiesByStep.keys()) {
            if (stepEnd < micros) {
                old.add(stepEnd);
            }
        }
        for (Long stepEnd : old) {
            identitiesByStep.remove(stepEnd);
        }
    }

    void clear() {
        identitiesByStep.clear();
    }
}
