package io.tidemark.local.publish;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Envelopes in the order in which to send them. Used by one thread. */
public interface MessageSource extends Closeable {
    /** The next one; null at the end. */
    @Nullable OutgoingMessage next() throws IOException;

    /** How much of the source has been read, from 0 to 1; NaN where it has no end. */
    double fractionRead();
}
