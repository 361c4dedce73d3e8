/**
 * Reading the queues: one {@link io.tidemark.job.source.MarketSource} whose splits are queues. It
 * acknowledges what a completed checkpoint holds, refuses nothing silently and makes its own
 * watermarks. Start there, then {@link io.tidemark.job.source.QueueReader}.
 */
@NullMarked
package io.tidemark.job.source;

import org.jspecify.annotations.NullMarked;
