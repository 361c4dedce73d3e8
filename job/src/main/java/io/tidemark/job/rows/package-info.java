/**
 * Feature rows between operators: explicit binary serialization, no reflection and no Kryo. Start
 * at {@link io.tidemark.job.rows.FeatureRowSerializer}.
 */
@NullMarked
package io.tidemark.job.rows;

import org.jspecify.annotations.NullMarked;
