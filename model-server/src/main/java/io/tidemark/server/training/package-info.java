/**
 * Fitting models to the rows of a certified dataset. Start at {@link
 * io.tidemark.server.training.Trainer}. Trees are Smile's; why the rest is not is in adr 17.
 */
@NullMarked
package io.tidemark.server.training;

import org.jspecify.annotations.NullMarked;
