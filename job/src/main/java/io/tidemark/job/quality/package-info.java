/**
 * How good the data of the archive are. Start at {@link io.tidemark.job.quality.ArchiveQuality}.
 */
@NullMarked
package io.tidemark.job.quality;

import org.jspecify.annotations.NullMarked;
