/**
 * Failures as clients see them, RFC 9457. Start at {@link io.tidemark.server.problem.ProblemType}.
 */
@NullMarked
package io.tidemark.server.problem;

import org.jspecify.annotations.NullMarked;
