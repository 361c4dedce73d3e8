/**
 * Which rows a model learns from and which it is judged by, and which belong to neither because
 * they know too much. Start at {@link io.tidemark.features.split.Fold}.
 */
@NullMarked
package io.tidemark.features.split;

import org.jspecify.annotations.NullMarked;
