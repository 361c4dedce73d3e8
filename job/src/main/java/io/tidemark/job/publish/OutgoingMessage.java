package io.tidemark.job.publish;

import com.rabbitmq.client.AMQP.BasicProperties;

/**
 * One message as the broker takes it. Not kept in state.
 *
 * @param exchange empty for the default exchange
 * @param routingKey at most 255 bytes
 * @param properties the delivery mode is the publisher's: always persistent
 */
record OutgoingMessage(
        String exchange, String routingKey, BasicProperties properties, byte[] body) {}
