@NullMarked
package io.tidemark.job.quality;

import org.jspecify.annotations.NullMarked;
