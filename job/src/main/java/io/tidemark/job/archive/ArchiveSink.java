package io.tidemark.job.archive;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Flink's {@code FileSink}, which names no file that is not there.
 *
 * <p>Flink takes a part that a restored checkpoint holds, and that is under neither its hidden name
 * nor its own, for one that was named and removed since. When the archive is away at that moment (a
 * disk that is not mounted), this is every part of the checkpoint, and their rows would be lost
 * without a word. Here a partition that is gone fails the task, until it is back.
 */
public final class ArchiveSink<T>
        implements Sink<T>,
                SupportsWriterState<T, FileWriterBucketState>,
                SupportsCommitter<FileSinkCommittable> {
    private static final long serialVersionUID = 1L;

    private final Path folder;
    private final FileSink<T> files;

    ArchiveSink(Path folder, FileSink<T> files) {
        this.folder = folder;
        this.files = files;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return files.createWriter(context);
    }

    @Override
    public StatefulSinkWriter<T, FileWriterBucketState> restoreWriter(
            WriterInitContext context, Collection<FileWriterBucketState> state) throws IOException {
        return files.restoreWriter(context, state);
    }

    @Override
    public SimpleVersionedSerializer<FileWriterBucketState> getWriterStateSerializer() {
        return files.getWriterStateSerializer();
    }

    @Override
    public Committer<FileSinkCommittable> createCommitter(CommitterInitContext context)
            throws IOException {
        return new PresentPartitions(folder, files.createCommitter(context));
    }

    @Override
    public SimpleVersionedSerializer<FileSinkCommittable> getCommittableSerializer() {
        return files.getCommittableSerializer();
    }

    /**
     * Flink 1.20 asks through the other method only.
     *
     * @deprecated as in Flink
     */
    @Deprecated
    @Override
    public SinkWriter<T> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    /** Fails before anything is named when a partition is not there. One look a part. */
    @SuppressWarnings("try") // Flink's interface lets close() throw anything.
    private record PresentPartitions(Path folder, Committer<FileSinkCommittable> files)
            implements Committer<FileSinkCommittable> {

        @Override
        public void commit(Collection<CommitRequest<FileSinkCommittable>> requests)
                throws IOException, InterruptedException {
            for (CommitRequest<FileSinkCommittable> request : requests) {
                FileSinkCommittable part = request.getCommittable();
                Path partition = new Path(folder, part.getBucketId());
                if (part.hasPendingFile() && !partition.getFileSystem().exists(partition)) {
                    throw new IOException(
                            "the archive must hold "
                                    + partition
                                    + ", where a part is to get its name, and does not: is its disk"
                                    + " mounted?");
                }
            }
            files.commit(requests);
        }

        @Override
        public void close() throws Exception {
            files.close();
        }
    }
}
