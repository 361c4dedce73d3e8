package io.tidemark.job.features;

import io.tidemark.job.registry.RegistryChange;
import io.tidemark.job.registry.RegistryChangeSerializer;
import io.tidemark.job.registry.RegistryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * Which registry makes the rows of which time, in one task and alike in all: broadcast state, so
 * that a task begun at another parallelism has it too. Ends: one that governs nothing any more is
 * dropped when the next change but one comes; there are two at most but while a change is due.
 */
final class Registries implements RegistrySchedule {
    static final MapStateDescriptor<Long, RegistryChange> STATE =
            new MapStateDescriptor<>(
                    "registries", LongSerializer.INSTANCE, RegistryChangeSerializer.INSTANCE);

    private final BroadcastState<Long, RegistryChange> state;
    private final List<Governing> known = new ArrayList<>();

    private Registries(BroadcastState<Long, RegistryChange> state) {
        this.state = state;
    }

    /**
     * As they are in state.
     *
     * @param begin when state has none
     */
    static Registries restore(OperatorStateStore store, RegistryChange begin) throws Exception {
        Registries registries = new Registries(store.getBroadcastState(STATE));
        List<RegistryChange> changes = new ArrayList<>();
        for (Map.Entry<Long, RegistryChange> one : registries.state.immutableEntries()) {
            changes.add(one.getValue());
        }
        if (changes.isEmpty()) {
            changes.add(begin);
            registries.state.put(begin.ordinal(), begin);
        }
        changes.sort((a, b) -> Long.compare(a.ordinal(), b.ordinal()));
        changes.forEach(registries::append);
        return registries;
    }

    private void append(RegistryChange change) {
        if (!known.isEmpty()) {
            newest().endAt(change.fromMicros());
        }
        known.add(new Governing(change));
    }

    private Governing newest() {
        return known.get(known.size() - 1);
    }

    /**
     * Takes the changes not known yet; each from a time nothing was closed beyond.
     *
     * @param openFromMicros the end of the last step closed
     */
    void take(RegistryEvent.Told told, long openFromMicros) throws Exception {
        for (RegistryChange change : told.changes()) {
            if (change.ordinal() <= newest().ordinal()) {
                continue;
            }
            if (change.fromMicros() < openFromMicros) {
                throw new IllegalStateException(
                        "wanted a change of registry from %d us on, got one from %d us"
                                .formatted(openFromMicros, change.fromMicros()));
            }
            append(change);
            state.put(change.ordinal(), change);
        }
        while (known.size() > 1
                && known.get(0).ordinal() < told.forgettable()
                && known.get(0).untilMicros() <= openFromMicros) {
            state.remove(known.remove(0).ordinal());
        }
    }

    @Override
    public Governing at(long micros) {
        for (int i = known.size() - 1; i > 0; i--) {
            if (known.get(i).fromMicros() <= micros) {
                return known.get(i);
            }
        }
        return known.get(0);
    }

    /** The last step end that a watermark closes: no event before it can still come in time. */
    long closedBy(long watermarkMillis) {
        long micros =
                watermarkMillis < Long.MIN_VALUE / 2_000
                        ? Long.MIN_VALUE
                        : watermarkMillis > Long.MAX_VALUE / 2_000
                                ? Long.MAX_VALUE
                                : (watermarkMillis + 1) * 1_000;
        return at(micros).closedBy(watermarkMillis);
    }
}
