/**
 * Reading the queues: one {@link io.tidemark.job.source.MarketQueueSource} per queue, acknowledging
 * on checkpoints, refusing nothing silently, making its own watermarks. Start there.
 */
@NullMarked
package io.tidemark.job.source;

import org.jspecify.annotations.NullMarked;
