/**
 * Models as plain arrays: what they are told, what they answer, and how they lie in a file. Nothing
 * here trains, and nothing here runs what it reads. Start at {@link
 * io.tidemark.server.model.Model}; the file is {@link io.tidemark.server.model.ModelFile}.
 */
@NullMarked
package io.tidemark.server.model;

import org.jspecify.annotations.NullMarked;
