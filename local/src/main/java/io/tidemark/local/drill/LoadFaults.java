package io.tidemark.local.drill;

import io.tidemark.local.drill.Infliction.Scene;
import io.tidemark.local.publish.OutgoingMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Faults of what is published. */
final class LoadFaults {
    private static final int FLOOD = 20_000;
    private static final int REPEATED = 2_000;

    /** Longer than the drill's {@code source.quiet-after}. */
    private static final int SILENT_MILLIS = 18_000;

    private static final int QUIET_MILLIS = 6_000;

    private LoadFaults() {}

    static void poison(Scene scene) throws IOException, InterruptedException {
        scene.load().also(PlannedMessages::oneOfEachPoison);
    }

    static void poisonFlood(Scene scene) throws IOException, InterruptedException {
        scene.load().also(times(FLOOD, PlannedMessages::bad));
    }

    static void duplicateFlood(Scene scene) throws IOException, InterruptedException {
        scene.load().also(times(REPEATED, PlannedMessages::duplicate));
    }

    static void silence(Scene scene) throws InterruptedException {
        scene.load().muteAll();
        try {
            scene.clock().pause(SILENT_MILLIS);
        } finally {
            scene.load().unmute();
        }
    }

    static void quietSymbols(Scene scene) throws InterruptedException {
        scene.load().muteAllButOne();
        try {
            scene.clock().pause(QUIET_MILLIS);
        } finally {
            scene.load().unmute();
        }
    }

    private static Function<PlannedMessages, List<OutgoingMessage>> times(
            int times, Function<PlannedMessages, OutgoingMessage> one) {
        return messages -> {
            List<OutgoingMessage> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                all.add(one.apply(messages));
            }
            return all;
        };
    }
}
