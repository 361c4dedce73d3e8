/**
 * The feature job: queues in, rows out. Start at {@link io.tidemark.job.features.FeatureTopology},
 * which reads like the diagram; {@link io.tidemark.job.features.SymbolFeatures} is its heart.
 */
@NullMarked
package io.tidemark.job.features;

import org.jspecify.annotations.NullMarked;
