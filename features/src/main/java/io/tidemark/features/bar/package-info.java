/**
 * Bars made of trades, and what is computed on them once a bar closes. Start at {@link
 * io.tidemark.features.bar.BarStores}.
 */
@NullMarked
package io.tidemark.features.bar;

import org.jspecify.annotations.NullMarked;
