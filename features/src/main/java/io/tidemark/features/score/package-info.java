/**
 * How good predictions are, by their truth. Start at {@link
 * io.tidemark.features.score.RegressionScores} and {@link
 * io.tidemark.features.score.ClassificationScores}.
 */
@NullMarked
package io.tidemark.features.score;

import org.jspecify.annotations.NullMarked;
