package io.tidemark.job.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;

/** The tasks that run, to be spoken to. One that cannot be told fails, by Flink's hand. */
final class Tasks {
    private final Map<Integer, SubtaskGateway> ready = new HashMap<>();

    void add(int subtask, SubtaskGateway gateway) {
        ready.put(subtask, gateway);
    }

    void remove(int subtask) {
        ready.remove(subtask);
    }

    void ask(long round) {
        ready.values().forEach(task -> send(task, new RegistryEvent.Ask(round)));
    }

    /**
     * Tells all of them.
     *
     * @param forgettable changes before that ordinal govern nothing any more
     */
    void tell(List<RegistryChange> changes, long forgettable) {
        ready.values().forEach(task -> send(task, new RegistryEvent.Told(changes, forgettable)));
    }

    void tell(SubtaskGateway task, List<RegistryChange> changes) {
        send(task, new RegistryEvent.Told(changes, 0));
    }

    private static void send(SubtaskGateway task, RegistryEvent event) {
        var unused = task.sendEvent(event);
    }
}
