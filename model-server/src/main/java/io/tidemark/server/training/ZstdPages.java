package io.tidemark.server.training;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks the pages of a dataset's Parquet files, which are Zstandard. Parquet's own factory wants
 * Hadoop's configuration, and with it 30 MB of Hadoop's runtime that nothing else here needs.
 *
 * <p>One instance a file; not for use by several threads.
 */
final class ZstdPages
        implements CompressionCodecFactory, CompressionCodecFactory.BytesInputDecompressor {
    /** The job writes pages of a mebibyte. */
    private static final int MOST_PAGE_BYTES = 64 << 20;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("datasets are read, not written");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("datasets are ZSTD, got " + codec);
        }
        return this;
    }

    @Override
    public BytesInput decompress(BytesInput page, int size) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(Math.toIntExact(page.size()));
        page.writeAllTo(packed);
        return BytesInput.from(unpacked(packed.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer page, int packedSize, ByteBuffer output, int size)
            throws IOException {
        byte[] packed = new byte[packedSize];
        page.get(packed);
        output.put(unpacked(packed, size));
    }

    private byte[] unpacked(byte[] packed, int size) throws IOException {
        if (size < 0 || size > MOST_PAGE_BYTES) {
            // A size somebody made up must not cost memory.
            throw new IOException(
                    "a page of %d bytes is refused; at most %d are read"
                            .formatted(size, MOST_PAGE_BYTES));
        }
        byte[] page = new byte[size];
        int written = context.decompress(page, packed);
        if (written != size) {
            throw new IOException(
                    "a page must unpack to %d bytes as its header says, got %d"
                            .formatted(size, written));
        }
        return page;
    }

    /** As decompressor and as factory: once is enough, and twice does no harm. */
    @Override
    public void release() {
        context.close();
    }
}
