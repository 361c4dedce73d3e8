package io.tidemark.job.features;

/** What the events that one task holds on the heap weigh together, about: bytes. */
final class HeapMeter {
    private long bytes;

    void add(long more) {
        bytes += more;
    }

    long bytes() {
        return bytes;
    }
}
