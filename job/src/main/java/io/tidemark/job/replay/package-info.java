/**
 * Rows computed again from the raw archive, by the engine of the stream, as a bounded Flink job.
 * Start at {@link io.tidemark.job.replay.ReplayJob}.
 */
@NullMarked
package io.tidemark.job.replay;

import org.jspecify.annotations.NullMarked;
