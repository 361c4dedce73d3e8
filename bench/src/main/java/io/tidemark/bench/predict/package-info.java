/**
 * How long does a prediction take, at a given rate, with its record durable? Start at {@link
 * io.tidemark.bench.predict.PredictHarness}.
 */
@NullMarked
package io.tidemark.bench.predict;

import org.jspecify.annotations.NullMarked;
