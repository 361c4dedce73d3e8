package io.tidemark.job.archive;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard for Parquet pages, and nothing else. Parquet's own factory goes through Hadoop's
 * configuration, which reads XML files for every Parquet file; a bulk part ends at every
 * checkpoint, so files are small and many, and that was three quarters of the cost of a small one.
 *
 * <p>One instance a file; not for use by several threads.
 */
final class ZstdCodec implements CompressionCodecFactory {
    private static final int LEVEL = 3;

    private @Nullable Compressor compressor;
    private @Nullable Decompressor decompressor;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        onlyZstd(codec);
        if (compressor == null) {
            compressor = new Compressor();
        }
        return compressor;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        onlyZstd(codec);
        if (decompressor == null) {
            decompressor = new Decompressor();
        }
        return decompressor;
    }

    @Override
    public void release() {
        if (compressor != null) {
            compressor.release();
            compressor = null;
        }
        if (decompressor != null) {
            decompressor.release();
            decompressor = null;
        }
    }

    private static void onlyZstd(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("archive files are ZSTD, got " + codec);
        }
    }

    private static byte[] bytes(BytesInput page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(page.size()));
        page.writeAllTo(bytes);
        return bytes.toByteArray();
    }

    private static final class Compressor implements BytesInputCompressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(context.compress(bytes(page)));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            context.close();
        }
    }

    private static final class Decompressor implements BytesInputDecompressor {
        private final ZstdDecompressCtx context = new ZstdDecompressCtx();

        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            byte[] compressed = bytes(page);
            byte[] result = new byte[size];
            int written = context.decompress(result, compressed);
            if (written != size) {
                throw wrongSize(size, written);
            }
            return BytesInput.from(result);
        }

        @Override
        public void decompress(ByteBuffer page, int compressedSize, ByteBuffer output, int size)
                throws IOException {
            byte[] compressed = new byte[compressedSize];
            page.get(compressed);
            byte[] result = new byte[size];
            int written = context.decompress(result, compressed);
            if (written != size) {
                throw wrongSize(size, written);
            }
            output.put(result);
        }

        @Override
        public void release() {
            context.close();
        }

        private static IOException wrongSize(int wanted, int got) {
            return new IOException(
                    "a page must unpack to %d bytes as its header says, got %d"
                            .formatted(wanted, got));
        }
    }
}
