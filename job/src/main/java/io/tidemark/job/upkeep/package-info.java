/**
 * What keeps the archive small, in order and within its disk: compaction, retention, restoring.
 * Start at {@link io.tidemark.job.upkeep.Upkeep}.
 */
@NullMarked
package io.tidemark.job.upkeep;

import org.jspecify.annotations.NullMarked;
