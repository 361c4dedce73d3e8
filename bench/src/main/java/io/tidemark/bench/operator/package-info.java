/**
 * What the feature operator costs on a state backend, without broker, network and sinks. Start at
 * {@link io.tidemark.bench.operator.OperatorHarness}.
 */
@NullMarked
package io.tidemark.bench.operator;

import org.jspecify.annotations.NullMarked;
