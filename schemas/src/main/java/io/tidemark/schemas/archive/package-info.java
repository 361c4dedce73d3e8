/**
 * What the archive holds: the Avro schema of each kind of file and the conversion between events
 * and records. Start at {@link io.tidemark.schemas.archive.ArchiveRecords}; the schemas themselves
 * are {@code src/main/avro}.
 */
@NullMarked
package io.tidemark.schemas.archive;

import org.jspecify.annotations.NullMarked;
