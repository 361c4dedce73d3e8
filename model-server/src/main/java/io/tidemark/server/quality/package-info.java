/** The data quality report. Start at {@link io.tidemark.server.quality.QualityResource}. */
@NullMarked
package io.tidemark.server.quality;

import org.jspecify.annotations.NullMarked;
