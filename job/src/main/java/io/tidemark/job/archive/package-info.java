/**
 * The archive in Parquet: what the stream leaves on disk and what replay reads. Start at {@link
 * io.tidemark.job.archive.RawArchive}.
 */
@NullMarked
package io.tidemark.job.archive;

import org.jspecify.annotations.NullMarked;
