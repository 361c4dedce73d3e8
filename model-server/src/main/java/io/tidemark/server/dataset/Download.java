package io.tidemark.server.dataset;

import io.tidemark.server.dataset.DatasetFiles.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to download of which any range can be sent: one file, or several as a tar (POSIX ustar),
 * which is a function of the files alone. Holds nothing but headers on the heap.
 */
final class Download {
    private static final int BLOCK = 512;

    private final List<Piece> pieces = new ArrayList<>();

    /** Bytes on the heap, or a file. */
    private record Piece(byte[] bytes, @Nullable Part file) {
        long length() {
            return file == null ? bytes.length : file.bytes();
        }
    }

    private Download() {}

    /** One file as it is. */
    static Download file(Part part) {
        Download download = new Download();
        download.pieces.add(new Piece(new byte[0], part));
        return download;
    }

    /** Files in a tar, below a folder of that name. */
    static Download tar(String folder, List<Part> parts) {
        Download download = new Download();
        for (Part part : parts) {
            download.pieces.add(new Piece(header(folder + "/" + part.name(), part.bytes()), null));
            download.pieces.add(new Piece(new byte[0], part));
            int over = (int) (part.bytes() % BLOCK);
            download.pieces.add(new Piece(new byte[over == 0 ? 0 : BLOCK - over], null));
        }
        download.pieces.add(new Piece(new byte[2 * BLOCK], null));
        return download;
    }

    long length() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    /** Sends the bytes in [from, to). */
    void send(long from, long to, OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        long begin = 0;
        for (Piece piece : pieces) {
            long first = Math.max(from, begin) - begin;
            long end = Math.min(to, begin + piece.length()) - begin;
            if (first < end) {
                send(piece, first, end, channel);
            }
            begin += piece.length();
        }
    }

    private static void send(Piece piece, long from, long to, WritableByteChannel out)
            throws IOException {
        if (piece.file() == null) {
            out.write(ByteBuffer.wrap(piece.bytes(), (int) from, (int) (to - from)));
            return;
        }
        try (FileChannel file = FileChannel.open(piece.file().path(), StandardOpenOption.READ)) {
            long at = from;
            while (at < to) {
                long sent = file.transferTo(at, to - at, out);
                if (sent <= 0) {
                    throw new IOException(
                            piece.file().name() + " is shorter than its manifest says");
                }
                at += sent;
            }
        }
    }

    /** Of a plain file, readable by all, without a time. */
    private static byte[] header(String name, long bytes) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format(Locale.ROOT, "%011o\0", bytes));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }
}
