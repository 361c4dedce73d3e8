package io.tidemark.job.archive;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of any file system Flink knows, as Parquet's input file. */
final class FlinkInputFile implements InputFile {
    private final FileSystem files;
    private final Path path;
    private final long length;

    private FlinkInputFile(FileSystem files, Path path, long length) {
        this.files = files;
        this.path = path;
        this.length = length;
    }

    static FlinkInputFile of(Path path) throws IOException {
        FileSystem files = path.getFileSystem();
        FileStatus status = files.getFileStatus(path);
        return new FlinkInputFile(files, path, status.getLen());
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        FSDataInputStream stream = files.open(path);
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() throws IOException {
                return stream.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                stream.seek(position);
            }
        };
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
