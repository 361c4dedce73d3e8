/**
 * A registry document made into something that computes: kernels found and bound, windows measured.
 * Start at {@link io.tidemark.features.registry.FeatureSet}.
 */
@NullMarked
package io.tidemark.features.registry;

import org.jspecify.annotations.NullMarked;
