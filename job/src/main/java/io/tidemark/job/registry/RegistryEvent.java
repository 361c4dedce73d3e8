package io.tidemark.job.registry;

import java.util.List;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * What the coordinator and the tasks of the features say to each other.
 *
 * <pre>
 *  coordinator                          every task
 *      │  Told(changes so far)              │  at its start; until then it closes nothing
 *      ├───────────────────────────────────▶│
 *      │  Ask                               │
 *      ├───────────────────────────────────▶│  goes on to its hold, no further
 *      │                       Held(hold)   │
 *      │◀───────────────────────────────────┤
 *      │  T: at or beyond every hold        │
 *      │  Told(change from T)               │
 *      ├───────────────────────────────────▶│  goes on, and changes at T
 * </pre>
 */
public sealed interface RegistryEvent extends OperatorEvent {
    /**
     * How far have you closed, and how far will you go before you are told?
     *
     * @param round which question it is
     */
    record Ask(long round) implements RegistryEvent {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The answer.
     *
     * @param closedMicros everything up to there is closed; {@link RegistryChange#ALWAYS} for
     *     nothing
     * @param holdMicros nothing beyond is closed until the next {@link Told}
     */
    record Held(long round, long closedMicros, long holdMicros) implements RegistryEvent {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The changes known; a task may know some of them already. Ends every hold.
     *
     * @param changes in order
     * @param forgettable changes before that ordinal govern nothing any more
     */
    record Told(List<RegistryChange> changes, long forgettable) implements RegistryEvent {
        private static final long serialVersionUID = 1L;

        public Told {
            changes = List.copyOf(changes);
        }
    }
}
