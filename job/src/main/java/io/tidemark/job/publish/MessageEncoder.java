package io.tidemark.job.publish;

import java.io.Serializable;

/**
 * A value as a message: exchange, routing key, properties and body. Total and pure: no value may
 * throw, and one value gives one message, id included, since it is sent again after a restart.
 */
@FunctionalInterface
interface MessageEncoder<T> extends Serializable {
    OutgoingMessage encode(T value);
}
