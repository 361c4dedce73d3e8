package io.tidemark.job.source;

import io.tidemark.schemas.event.Inbound;

/** What comes to the reader's task from the threads that talk to the broker, in this order. */
sealed interface Arrival {
    /** The queue it is about. */
    OpenQueue queue();

    /**
     * One message, decoded.
     *
     * @param tag the broker's number of the delivery: 1, 2, 3, … within its channel
     * @param redelivered whether the broker may have delivered it before
     * @param bytes of its body
     */
    record Delivery(
            OpenQueue queue,
            long tag,
            boolean redelivered,
            ContentIdentity identity,
            Inbound record,
            int bytes)
            implements Arrival {}

    /** The queue was empty, so it has reached a time without an event of its own. */
    record Reached(OpenQueue queue, long eventMillis) implements Arrival {}
}
