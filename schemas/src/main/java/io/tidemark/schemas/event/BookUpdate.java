package io.tidemark.schemas.event;

import java.util.Arrays;

/**
 * One order-book message: all its levels apply together.
 *
 * @param kind a full book or a change
 * @param depth levels a side of the feed it came on (the topic's number); 0 when unbounded or
 *     unknown
 * @param updateId the venue's {@code u}: rises by one per message of a topic; 1 is a service
 *     restart and a full book
 * @param bids price, size, price, size, ...; a size of 0 removes the level
 * @param asks the same for the other side
 * @param checksum the venue's checksum of the best levels after the message, a signed 32-bit number
 *     (OKX: CRC32 of the texts of 25 levels); {@link #NO_CHECKSUM} when it gives none
 */
public record BookUpdate(
        EventHeader header,
        Kind kind,
        int depth,
        long updateId,
        double[] bids,
        double[] asks,
        long checksum)
        implements MarketEvent {

    /** The value of a checksum nobody gave. */
    public static final long NO_CHECKSUM = Long.MIN_VALUE;

    /** A message of a venue that gives no checksums. */
    public BookUpdate(
            EventHeader header, Kind kind, int depth, long updateId, double[] bids, double[] asks) {
        this(header, kind, depth, updateId, bids, asks, NO_CHECKSUM);
    }

    /** Whether the venue gave a checksum. */
    public boolean hasChecksum() {
        return checksum != NO_CHECKSUM;
    }

    /** A full book or a change. */
    public enum Kind {
        SNAPSHOT,
        DELTA
    }

    @Override
    public EventType type() {
        return EventType.ORDERBOOK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BookUpdate that
                && header.equals(that.header)
                && kind == that.kind
                && depth == that.depth
                && updateId == that.updateId
                && checksum == that.checksum
                && Arrays.equals(bids, that.bids)
                && Arrays.equals(asks, that.asks);
    }

    @Override
    public int hashCode() {
        return 31 * header.hashCode() + Long.hashCode(updateId);
    }

    @Override
    public String toString() {
        return "BookUpdate[%s, %s, depth=%d, u=%d, bids=%s, asks=%s, checksum=%s]"
                .formatted(
                        header,
                        kind,
                        depth,
                        updateId,
                        Arrays.toString(bids),
                        Arrays.toString(asks),
                        hasChecksum() ? checksum : "none");
    }
}
