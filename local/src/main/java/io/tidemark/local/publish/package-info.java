/**
 * Sends market events to RabbitMQ the way the gateway does, and knows what arrived. Start at {@link
 * io.tidemark.local.publish.Publication}.
 */
@NullMarked
package io.tidemark.local.publish;

import org.jspecify.annotations.NullMarked;
