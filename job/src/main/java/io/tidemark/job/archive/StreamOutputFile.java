package io.tidemark.job.archive;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * An output stream of Flink as Parquet's output file. Closing it does not close Flink's stream: the
 * file sink closes that itself when it commits the part, and must still be able to persist it.
 */
final class StreamOutputFile implements OutputFile {
    private static final int BUFFER_BYTES = 8_192;

    private final FSDataOutputStream stream;

    StreamOutputFile(FSDataOutputStream stream) {
        this.stream = stream;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new Positioned(stream);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return new Positioned(stream);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    /** Collects small writes: a footer is written a few bytes at a time, each a system call. */
    private static final class Positioned extends PositionOutputStream {
        private final FSDataOutputStream stream;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int buffered;

        Positioned(FSDataOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos() + buffered;
        }

        @Override
        public void write(int b) throws IOException {
            if (buffered == buffer.length) {
                drain();
            }
            buffer[buffered++] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > buffer.length - buffered) {
                drain();
            }
            if (length > buffer.length) {
                stream.write(bytes, offset, length);
                return;
            }
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }

        @Override
        public void flush() throws IOException {
            drain();
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }

        private void drain() throws IOException {
            stream.write(buffer, 0, buffered);
            buffered = 0;
        }
    }
}
