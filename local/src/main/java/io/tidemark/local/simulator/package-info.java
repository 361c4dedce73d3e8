/**
 * A market made of a seed: trades, books, tickers and candles that look like an exchange's. Start
 * at {@link io.tidemark.local.simulator.MarketSimulator}.
 */
@NullMarked
package io.tidemark.local.simulator;

import org.jspecify.annotations.NullMarked;
