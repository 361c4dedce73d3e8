/**
 * Datasets: rows, labels and splits of one symbol in files to train on, with a certificate. Start
 * at {@link io.tidemark.job.dataset.DatasetAssembly}.
 */
@NullMarked
package io.tidemark.job.dataset;

import org.jspecify.annotations.NullMarked;
