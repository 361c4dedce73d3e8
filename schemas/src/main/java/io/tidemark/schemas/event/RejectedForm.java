package io.tidemark.schemas.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The binary form of a rejected message. */
final class RejectedForm {
    static final int KIND = 6;
    private static final int MAX_HEADERS = 1_000;
    private static final RejectReason[] REASONS = RejectReason.values();

    private RejectedForm() {}

    static void write(RejectedMessage rejected, DataOutput out) throws IOException {
        if (rejected.headers().size() > MAX_HEADERS) {
            throw new IllegalArgumentException(
                    "wanted at most " + MAX_HEADERS + " headers, got " + rejected.headers().size());
        }
        out.writeByte(KIND);
        BinaryForm.writeText(rejected.queue(), out);
        BinaryForm.writeUnsigned(rejected.reason().ordinal(), out);
        BinaryForm.writeText(rejected.detail(), out);
        BinaryForm.writeBytes(rejected.body(), out);
        BinaryForm.writeUnsigned(rejected.bodyLength(), out);
        BinaryForm.writeUnsigned(rejected.headers().size(), out);
        for (Map.Entry<String, String> header : rejected.headers().entrySet()) {
            BinaryForm.writeText(header.getKey(), out);
            BinaryForm.writeText(header.getValue(), out);
        }
        out.writeLong(rejected.ingestedMicros());
    }

    static RejectedMessage read(DataInput in) throws IOException {
        String queue = BinaryForm.readText(in);
        RejectReason reason = REASONS[BinaryForm.readCount(in, REASONS.length - 1, "as a reason")];
        String detail = BinaryForm.readText(in);
        byte[] body = BinaryForm.readBytes(in);
        int bodyLength = BinaryForm.readCount(in, Integer.MAX_VALUE, "bytes of original body");
        int count = BinaryForm.readCount(in, MAX_HEADERS, "headers");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            headers.put(BinaryForm.readText(in), BinaryForm.readText(in));
        }
        return new RejectedMessage(
                queue,
                reason,
                detail,
                body,
                bodyLength,
                Collections.unmodifiableMap(headers),
                in.readLong());
    }
}
