/**
 * Tests one may look at as often as one likes. Start at {@link
 * io.tidemark.features.sequential.LossComparison}.
 */
@NullMarked
package io.tidemark.features.sequential;

import org.jspecify.annotations.NullMarked;
