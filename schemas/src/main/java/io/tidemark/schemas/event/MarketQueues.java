package io.tidemark.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The queues market events travel in: one for each type, or several, among which symbols are spread
 * so that more than one consumer can read a type. All events of one symbol and type are in one
 * queue, in order.
 *
 * <p>With one queue per type their names are {@code ws-gateway.trade}, …; with several {@code
 * ws-gateway.trade.0}, {@code ws-gateway.trade.1}, …, and a symbol's is its CRC-32 (IEEE 802.3, of
 * its UTF-8 bytes, unsigned) modulo the number of queues, which any publisher can compute.
 *
 * @param prefix what all names begin with
 * @param perType queues of each type, 1 to {@value #MAX_PER_TYPE}
 */
public record MarketQueues(String prefix, int perType) {
    /** As many queues per type as there may be. */
    public static final int MAX_PER_TYPE = 64;

    private static final Pattern NUMBER = Pattern.compile("(\\.[0-9]+)?");

    /** What the gateway's queue names begin with. */
    public static final String GATEWAY_PREFIX = "ws-gateway.";

    /** The gateway's own: one queue per type. */
    public static final MarketQueues GATEWAY = new MarketQueues(GATEWAY_PREFIX, 1);

    /**
     * One queue.
     *
     * @param type what is in it
     */
    public record Queue(String name, EventType type) {}

    public MarketQueues {
        if (perType < 1 || perType > MAX_PER_TYPE) {
            throw new IllegalArgumentException(
                    "queues per type must be 1 to %d, got %d".formatted(MAX_PER_TYPE, perType));
        }
    }

    /** Every queue, type by type. */
    public List<Queue> all() {
        List<Queue> all = new ArrayList<>(perType * EventType.values().length);
        for (EventType type : EventType.values()) {
            for (int i = 0; i < perType; i++) {
                all.add(new Queue(name(type, i), type));
            }
        }
        return all;
    }

    /** The queue that events of that type and symbol belong in. */
    public String of(EventType type, String symbol) {
        return name(type, perType == 1 ? 0 : index(symbol));
    }

    /**
     * What is in a queue of such a name, whatever its prefix and number.
     *
     * @throws IllegalArgumentException when the name is of no such queue
     */
    public static EventType typeOf(String queue) {
        for (EventType type : EventType.values()) {
            int at = queue.lastIndexOf(type.wireName());
            if (at >= 0
                    && NUMBER.matcher(queue.substring(at + type.wireName().length())).matches()) {
                return type;
            }
        }
        throw new IllegalArgumentException(queue + " is not named as a queue of market events");
    }

    private int index(String symbol) {
        CRC32 hash = new CRC32();
        hash.update(symbol.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % perType);
    }

    private String name(EventType type, int index) {
        return perType == 1 ? prefix + type.wireName() : prefix + type.wireName() + "." + index;
    }
}
