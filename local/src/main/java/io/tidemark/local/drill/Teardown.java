package io.tidemark.local.drill;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be ended in the opposite order, all of it whatever fails. */
final class Teardown implements Closeable {
    private final Deque<Part> parts = new ArrayDeque<>();

    /** Ends one thing. */
    @FunctionalInterface
    interface Part extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Ends this before what was named earlier. */
    void also(Part part) {
        parts.push(part);
    }

    /** The first failure is thrown, with the others in it, when all are ended. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
