/**
 * The server's own connections to RabbitMQ. Start at {@link
 * io.tidemark.server.broker.KeptConnection}.
 */
@NullMarked
package io.tidemark.server.broker;

import org.jspecify.annotations.NullMarked;
