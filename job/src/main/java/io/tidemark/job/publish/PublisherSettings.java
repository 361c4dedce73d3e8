package io.tidemark.job.publish;

import java.io.Serializable;
import java.time.Duration;

/**
 * How to reach the broker and how much may be on the way to it.
 *
 * @param amqpUri {@code amqp://user:password@host:port/vhost}; never whole in {@link #toString}
 * @param maxInFlight messages sent and not yet confirmed, a subtask; at least 1
 * @param confirmTimeout the longest the broker may go without confirming anything while messages
 *     are on their way; then the task fails
 */
public record PublisherSettings(String amqpUri, int maxInFlight, Duration confirmTimeout)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public PublisherSettings {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "messages in flight must be at least 1, got " + maxInFlight);
        }
        if (confirmTimeout.isNegative() || confirmTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "the confirm timeout must be positive, got " + confirmTimeout);
        }
    }

    /** The defaults: 1000 in flight, 30 s without a confirm. */
    public static PublisherSettings of(String amqpUri) {
        return new PublisherSettings(amqpUri, 1000, Duration.ofSeconds(30));
    }

    /** The same with another bound on the messages in flight. */
    public PublisherSettings withMaxInFlight(int messages) {
        return new PublisherSettings(amqpUri, messages, confirmTimeout);
    }

    /** The same with another patience. */
    public PublisherSettings withConfirmTimeout(Duration timeout) {
        return new PublisherSettings(amqpUri, maxInFlight, timeout);
    }

    /** With the URI's host and path, without user and password. */
    @Override
    public String toString() {
        return "PublisherSettings[%s, maxInFlight=%d, confirmTimeout=%s]"
                .formatted(withoutUser(amqpUri), maxInFlight, confirmTimeout);
    }

    private static String withoutUser(String uri) {
        int scheme = uri.indexOf("://");
        int at = uri.lastIndexOf('@');
        return scheme >= 0 && at > scheme
                ? uri.substring(0, scheme + 3) + uri.substring(at + 1)
                : uri;
    }
}
