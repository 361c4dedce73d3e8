/**
 * Market events as every module sees them: plain values of the JDK, one record per kind. Start at
 * {@link io.tidemark.schemas.event.MarketEvent}.
 */
@NullMarked
package io.tidemark.schemas.event;

import org.jspecify.annotations.NullMarked;
