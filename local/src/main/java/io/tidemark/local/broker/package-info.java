/**
 * An AMQP 0-9-1 broker inside this JVM, for a laptop without RabbitMQ. Start at {@link
 * io.tidemark.local.broker.EmbeddedBroker}.
 */
@NullMarked
package io.tidemark.local.broker;

import org.jspecify.annotations.NullMarked;
