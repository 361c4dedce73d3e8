package io.tidemark.job.registry;

import io.tidemark.job.serving.Activation;
import java.util.HashMap;
import java.util.Map;

/**
 * One question to all tasks: how far they have closed and how far they will go. Of their answers a
 * time is made that none of them has passed.
 */
final class Round {
    private final long number;
    private final Activation activation;
    private final Registry registry;
    private final long beganNanos;
    private final Map<Integer, RegistryEvent.Held> answers = new HashMap<>();
    private boolean complete;

    Round(long number, Activation activation, Registry registry, long nowNanos) {
        this.number = number;
        this.activation = activation;
        this.registry = registry;
        this.beganNanos = nowNanos;
    }

    long number() {
        return number;
    }

    Activation activation() {
        return activation;
    }

    Registry registry() {
        return registry;
    }

    long beganNanos() {
        return beganNanos;
    }

    /**
     * Takes an answer; one to an earlier question is dropped.
     *
     * @param tasks how many are asked
     * @return whether it was the last one missing
     */
    boolean answered(int task, RegistryEvent.Held held, int tasks) {
        if (complete || held.round() != number) {
            return false;
        }
        answers.put(task, held);
        complete = answers.size() == tasks;
        return complete;
    }

    /** Whether every task has closed all up to that time. */
    boolean closed(long micros) {
        return answers.values().stream().allMatch(held -> held.closedMicros() >= micros);
    }

    /** The time no task closes anything beyond, as long as it is held. */
    long heldAt() {
        return answers.values().stream()
                .mapToLong(RegistryEvent.Held::holdMicros)
                .max()
                .orElse(RegistryChange.ALWAYS);
    }

    /**
     * The first grid time of the new registry that no task has passed or will pass before it is
     * told; 0, the beginning of all time, when none has closed anything.
     */
    long firstTime() {
        long held = heldAt();
        if (held <= 0) {
            return 0;
        }
        long cadence = registry.cadenceMicros();
        return Math.floorDiv(held + cadence - 1, cadence) * cadence;
    }
}
