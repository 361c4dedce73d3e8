package io.tidemark.local.publish;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a publication to end early. Any thread may give it, once or often. */
public final class StopSignal {
    private final CountDownLatch given = new CountDownLatch(1);

    /** Ends the publication at its next message. */
    public void give() {
        given.countDown();
    }

    /** Whether it was given. */
    public boolean isGiven() {
        return given.getCount() == 0;
    }

    /** Waits that long or until it is given; true when it was. */
    public boolean await(long nanos) throws InterruptedException {
        return given.await(nanos, TimeUnit.NANOSECONDS);
    }
}
