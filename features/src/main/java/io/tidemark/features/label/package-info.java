/**
 * What a row at T is to foretell: definitions and values, from prices at grid times. Start at
 * {@link io.tidemark.features.label.LabelDefinition}.
 */
@NullMarked
package io.tidemark.features.label;

import org.jspecify.annotations.NullMarked;
