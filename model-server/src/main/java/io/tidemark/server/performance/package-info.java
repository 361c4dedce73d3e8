/**
 * How good the answers of models turned out to be. Start at {@link
 * io.tidemark.server.performance.PerformanceResource}.
 */
@NullMarked
package io.tidemark.server.performance;

import org.jspecify.annotations.NullMarked;
