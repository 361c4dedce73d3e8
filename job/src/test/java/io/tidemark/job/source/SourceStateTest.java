package io.tidemark.job.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.event.EventType;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceStateTest {
    private static final QueueSplit SPLIT =
            new QueueSplit(
                    "ws-gateway.trade",
                    EventType.TRADE,
                    new long[] {1, -2, Long.MIN_VALUE, Long.MAX_VALUE},
                    new long[] {3, 4, 1_750_000_000_000L});

    /** {@link #SPLIT} as the first version of the state wrote it. */
    private static final String VERSION_1 =
            "0010"
                    + HexFormat.of().formatHex("ws-gateway.trade".getBytes(US_ASCII))
                    + "0005"
                    + HexFormat.of().formatHex("trade".getBytes(US_ASCII))
                    + "00000004"
                    + "0000000000000001"
                    + "fffffffffffffffe"
                    + "8000000000000000"
                    + "7fffffffffffffff"
                    + "00000003"
                    + "0000000000000003"
                    + "0000000000000004"
                    + HexFormat.of().toHexDigits(1_750_000_000_000L);

    @Test
    void aSplitIsReadAsWritten() throws Exception {
        QueueSplitSerializer serializer = new QueueSplitSerializer();

        assertThat(serializer.deserialize(1, serializer.serialize(SPLIT))).isEqualTo(SPLIT);
        assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(VERSION_1);
    }

    @Test
    void anAssignmentIsReadAsWritten() throws Exception {
        QueueAssignmentSerializer serializer = new QueueAssignmentSerializer();
        QueueAssignment assignment =
                new QueueAssignment(Set.of("ws-gateway.kline", "ws-gateway.trade"), List.of(SPLIT));

        assertThat(serializer.deserialize(1, serializer.serialize(assignment)))
                .isEqualTo(assignment);
    }

    /** What the first version of the state wrote: names, then splits. */
    @Test
    void readsAnAssignmentOfTheFirstVersion() throws Exception {
        String stored = "00000002" + text("ws-gateway.kline") + text("ws-gateway.trade");
        stored += "00000001" + VERSION_1;
        QueueAssignmentSerializer serializer = new QueueAssignmentSerializer();

        QueueAssignment assignment = serializer.deserialize(1, HexFormat.of().parseHex(stored));

        assertThat(assignment.assigned()).containsExactly("ws-gateway.kline", "ws-gateway.trade");
        assertThat(assignment.returned()).containsExactly(SPLIT);
        assertThat(HexFormat.of().formatHex(serializer.serialize(assignment))).isEqualTo(stored);
    }

    private static String text(String text) {
        return HexFormat.of().toHexDigits((short) text.length())
                + HexFormat.of().formatHex(text.getBytes(US_ASCII));
    }

    @Test
    void stateOfAnUnknownVersionIsRefused() {
        assertThatThrownBy(() -> new QueueSplitSerializer().deserialize(9, new byte[0]))
                .hasMessageContaining("version 9, this build reads version 1");
        assertThatThrownBy(() -> new QueueAssignmentSerializer().deserialize(9, new byte[0]))
                .hasMessageContaining("version 9");
    }
}
