package io.tidemark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class, and ends the JVM when standard input does: whoever started it holds the
 * other end, and is gone then, even by {@code kill -9}.
 */
public final class LeashedMain {
    private static final int ABANDONED = 143;

    private LeashedMain() {}

    /** The first argument is the class, the others are its own. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread leash = new Thread(LeashedMain::endWhenAbandoned, "leash");
        leash.setDaemon(true);
        leash.start();
        try {
            var unused =
                    Class.forName(args[0])
                            .getMethod("main", String[].class)
                            .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(args[0] + " failed", e.getCause());
        }
    }

    private static void endWhenAbandoned() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end matters.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(ABANDONED);
        }
    }
}
