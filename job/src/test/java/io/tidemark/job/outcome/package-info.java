/** Tests of outcomes. */
@NullMarked
package io.tidemark.job.outcome;

import org.jspecify.annotations.NullMarked;
