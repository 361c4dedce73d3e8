/** How long a fit takes. Start at {@link io.tidemark.bench.training.TrainingHarness}. */
@NullMarked
package io.tidemark.bench.training;

import org.jspecify.annotations.NullMarked;
