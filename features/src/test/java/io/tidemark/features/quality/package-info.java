@NullMarked
package io.tidemark.features.quality;

import org.jspecify.annotations.NullMarked;
