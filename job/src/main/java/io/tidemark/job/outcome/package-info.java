/**
 * What became of the market after each row, by the labels of datasets. Start at {@link
 * io.tidemark.job.outcome.OutcomesPerSymbol}.
 */
@NullMarked
package io.tidemark.job.outcome;

import org.jspecify.annotations.NullMarked;
