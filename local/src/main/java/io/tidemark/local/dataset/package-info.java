/**
 * Datasets built and certified in this process. Start at {@link
 * io.tidemark.local.dataset.LocalDataset}.
 */
@NullMarked
package io.tidemark.local.dataset;

import org.jspecify.annotations.NullMarked;
