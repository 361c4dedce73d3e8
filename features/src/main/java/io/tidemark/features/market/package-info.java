/**
 * What is known of one symbol's market: trades in panes, the book, the merged ticker, when each
 * source last spoke. Kernels read it through {@link io.tidemark.features.market.MarketView}.
 */
@NullMarked
package io.tidemark.features.market;

import org.jspecify.annotations.NullMarked;
