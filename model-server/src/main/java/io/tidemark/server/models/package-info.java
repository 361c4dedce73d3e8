/**
 * Versions of models: their packages, in a directory or a bucket, which of them is active, and the
 * calls that tell and change that. Start at {@link io.tidemark.server.models.ModelPackage} and
 * {@link io.tidemark.server.models.PackageStore}.
 */
@NullMarked
package io.tidemark.server.models;

import org.jspecify.annotations.NullMarked;
