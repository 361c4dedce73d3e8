/**
 * Drift of the rows from what the active model was trained on. Start at {@link
 * io.tidemark.job.drift.DriftPerSymbol}.
 */
@NullMarked
package io.tidemark.job.drift;

import org.jspecify.annotations.NullMarked;
