package io.tidemark.local.cli;

import io.tidemark.local.publish.StopSignal;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C and SIGTERM as a stop signal instead of a shutdown: shutdown hooks of Flink, the broker
 * and the rest run all at once, and a savepoint needs them alive. A second Ctrl-C ends at once.
 */
final class Interruption {
    private Interruption() {}

    /** Gives the stop signal at the first Ctrl-C or SIGTERM. */
    static void gives(StopSignal stop) {
        handle("INT", stop);
        handle("TERM", stop);
    }

    /**
     * By reflection, because the compiler warns of sun.misc whatever one does, and there is no
     * other way; where it is missing, Ctrl-C ends the process as usual.
     */
    private static void handle(String name, StopSignal stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            Interruption.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, args) -> {
                                switch (method.getName()) {
                                    case "handle" -> {
                                        first(stop);
                                        return null;
                                    }
                                    case "hashCode" -> {
                                        return System.identityHashCode(self);
                                    }
                                    case "equals" -> {
                                        return self == args[0];
                                    }
                                    default -> {
                                        return "stop signal";
                                    }
                                }
                            });
            var unused =
                    signal.getMethod("handle", signal, handler)
                            .invoke(
                                    null,
                                    signal.getConstructor(String.class).newInstance(name),
                                    proxy);
        } catch (ReflectiveOperationException e) {
            System.err.println("tidemark: Ctrl-C will end without a savepoint: " + e);
        }
    }

    private static void first(StopSignal stop) {
        if (stop.isGiven()) {
            Runtime.getRuntime().halt(Tidemark.INTERRUPTED);
        }
        stop.give();
    }
}
