/** Feature rows over HTTP. Start at {@link io.tidemark.server.features.FeaturesResource}. */
@NullMarked
package io.tidemark.server.features;

import org.jspecify.annotations.NullMarked;
