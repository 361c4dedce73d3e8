@NullMarked
package io.tidemark.job.upkeep;

import org.jspecify.annotations.NullMarked;
