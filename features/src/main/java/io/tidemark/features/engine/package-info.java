/**
 * The symbol engine: events in canonical order in, feature rows at grid times out. Pure: no clock,
 * no I/O, no Flink. Start at {@link io.tidemark.features.engine.FeatureRow} for what comes out.
 */
@NullMarked
package io.tidemark.features.engine;

import org.jspecify.annotations.NullMarked;
