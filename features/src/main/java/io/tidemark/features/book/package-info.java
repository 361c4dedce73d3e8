/**
 * The order book of one symbol: from messages to levels, with the chain of update ids checked.
 * Start at {@link io.tidemark.features.book.OrderBook}.
 */
@NullMarked
package io.tidemark.features.book;

import org.jspecify.annotations.NullMarked;
