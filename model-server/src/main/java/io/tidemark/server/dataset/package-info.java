/**
 * Datasets over HTTP: asked for here, built by a worker beside the archive, read from its folders.
 * Start at {@link io.tidemark.server.dataset.DatasetResource}.
 */
@NullMarked
package io.tidemark.server.dataset;

import org.jspecify.annotations.NullMarked;
