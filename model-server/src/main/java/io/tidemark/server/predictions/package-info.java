/**
 * Answers of the active model, and the record of every one. Start at {@link
 * io.tidemark.server.predictions.PredictResource}; what is promised about the record is in {@link
 * io.tidemark.server.predictions.AuditLog}.
 */
@NullMarked
package io.tidemark.server.predictions;

import org.jspecify.annotations.NullMarked;
