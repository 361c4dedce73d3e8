@NullMarked
package io.tidemark.features.score;

import org.jspecify.annotations.NullMarked;
