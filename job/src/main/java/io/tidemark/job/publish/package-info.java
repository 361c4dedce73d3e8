/**
 * What the job says on RabbitMQ: feature rows, refused messages, requests for a new book. A message
 * counts as sent when the broker has confirmed it. Start at {@link
 * io.tidemark.job.publish.ConfirmedPublisherSink}.
 */
@NullMarked
package io.tidemark.job.publish;

import org.jspecify.annotations.NullMarked;
