package io.tidemark.local.drill;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A look at a platform that runs undisturbed.
 *
 * @param seconds since the watch began
 * @param published messages the broker has confirmed
 * @param booked messages in the ledger
 * @param stateBytes of the newest checkpoint, all of it
 * @param newBytes of them, written by that checkpoint
 * @param checkpointMillis how long it took
 * @param ready messages in the event queues that nobody was given
 * @param unacknowledged messages that await a checkpoint
 * @param taskManagers all of them together
 */
record SoakSample(
        double seconds,
        long published,
        long booked,
        long stateBytes,
        long newBytes,
        long checkpointMillis,
        long ready,
        long unacknowledged,
        ProcessUse taskManagers,
        ProcessUse jobManager) {
    private static final double MIB = 1 << 20;

    /** What must stay where it is, by its heading; in the order of the table. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("behind", (double) published - booked);
        figures.put("ready", (double) ready);
        figures.put("unacked", (double) unacknowledged);
        figures.put("state MB", stateBytes / MIB);
        figures.put("new MB", newBytes / MIB);
        figures.put("chk ms", (double) checkpointMillis);
        figures.put("TM heap MB", taskManagers.heapBytes() / MIB);
        figures.put("TM RSS MB", taskManagers.residentBytes() / MIB);
        figures.put("TM files", (double) taskManagers.files());
        figures.put("TM threads", (double) taskManagers.threads());
        figures.put("JM heap MB", jobManager.heapBytes() / MIB);
        figures.put("JM RSS MB", jobManager.residentBytes() / MIB);
        figures.put("JM files", (double) jobManager.files());
        return figures;
    }
}
