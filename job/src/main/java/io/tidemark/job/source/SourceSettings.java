package io.tidemark.job.source;

import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketQueues;
import io.tidemark.schemas.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which queues are read, and how.
 *
 * @param prefix the queues' names are this and the event type
 * @param queuesPerType queues of each type, by symbol; see {@link MarketQueues}
 * @param parallelism readers the queues are spread over, at most as many as there are queues
 * @param maxUnacknowledged messages the broker may have outstanding with one queue's consumer. A
 *     queue is read no faster than this per checkpoint interval + duration
 * @param lateness how far behind the newest event of its queue an event may be and still enter its
 *     row
 * @param quietAfter silence of all queues after which time goes on by the wall clock
 * @param maxMessageBytes a larger body is refused
 * @param futureTolerance an event this far ahead of the wall clock is refused, or one bad clock
 *     would make all others late
 * @param queueArguments arguments of a queue that is absent and has to be made
 */
public record SourceSettings(
        String prefix,
        int queuesPerType,
        int parallelism,
        int maxUnacknowledged,
        Duration lateness,
        Duration quietAfter,
        int maxMessageBytes,
        Duration futureTolerance,
        QueueArguments queueArguments)
        implements Serializable {

    private static final int DEFAULT_MAX_UNACKNOWLEDGED = 250_000;

    public SourceSettings {
        int queues = queuesPerType * EventType.values().length;
        if (parallelism < 1 || parallelism > queues) {
            throw new IllegalArgumentException(
                    "a source of %d queues has 1 to %d readers, not %d"
                            .formatted(queues, queues, parallelism));
        }
    }

    /** Reads them; the caller asks the reader for problems when all its readers have read. */
    public static SourceSettings from(SettingsReader reader) {
        String prefix =
                reader.text(
                        "source.queue-prefix",
                        MarketQueues.GATEWAY_PREFIX,
                        "queues are this prefix and the event type");
        int perType =
                reader.integer(
                        "source.queues-per-type",
                        1,
                        1,
                        MarketQueues.MAX_PER_TYPE,
                        "queues of each type; with more than one their names end with .0, .1, …");
        int queues = perType * EventType.values().length;
        int parallelism =
                reader.integer(
                        "source.parallelism",
                        1,
                        1,
                        MarketQueues.MAX_PER_TYPE * EventType.values().length,
                        "readers the queues are spread over");
        if (parallelism > queues) {
            reader.refuse(
                    "source.parallelism",
                    "must be at most the number of queues, %d, got %d"
                            .formatted(queues, parallelism));
        }
        return new SourceSettings(
                prefix,
                perType,
                Math.min(parallelism, queues),
                reader.integer(
                        "source.max-unacknowledged",
                        DEFAULT_MAX_UNACKNOWLEDGED,
                        1,
                        10_000_000,
                        "messages per queue delivered and not yet in a completed checkpoint"),
                reader.durationOrZero(
                        "source.lateness",
                        Duration.ofMillis(20),
                        "how far behind its queue's newest event an event may be and still enter its row"),
                reader.duration(
                        "source.quiet-after",
                        Duration.ofSeconds(2),
                        "silence of all queues after which rows go on by the wall clock"),
                reader.integer(
                        "source.max-message-bytes",
                        1 << 20,
                        1_024,
                        1 << 24,
                        "a larger message is rejected"),
                reader.duration(
                        "source.future-tolerance",
                        Duration.ofSeconds(10),
                        "an event further ahead of the wall clock is rejected"),
                new QueueArguments(
                        reader.duration(
                                "source.queue-ttl",
                                Duration.ofDays(1),
                                "x-message-ttl of a queue that has to be made"),
                        reader.positiveInt(
                                "source.queue-max-length",
                                100_000,
                                "x-max-length of a queue that has to be made")));
    }

    /** Every queue, type by type. */
    public List<MarketQueues.Queue> queues() {
        return new MarketQueues(prefix, queuesPerType).all();
    }

    /** What the upstream gateway's own queues carry. */
    public record QueueArguments(Duration messageTtl, int maxLength) implements Serializable {}
}
