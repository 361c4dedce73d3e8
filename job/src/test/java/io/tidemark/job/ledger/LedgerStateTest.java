package io.tidemark.job.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.event.EventType;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An entry that a savepoint of an earlier build holds is booked by the next. */
class LedgerStateTest {
    private static final LedgerEntry ENTRY =
            new LedgerEntry(
                    "w",
                    7,
                    List.of(new LedgerCell("A1", EventType.TRADE, 60, 1, 2, 3, 4, 5, 6, 8, 9)));

    /** {@link #ENTRY} as the first version of the state wrote it. */
    private static final String VERSION_1 =
            "000177"
                    + "0000000000000007"
                    + "00000001"
                    + "00024131"
                    + "00057472616465"
                    + "000000000000003c"
                    + "0000000000000001"
                    + "0000000000000002"
                    + "0000000000000003"
                    + "0000000000000004"
                    + "0000000000000005"
                    + "0000000000000006"
                    + "0000000000000008"
                    + "0000000000000009";

    private final LedgerEntrySerializer serializer = new LedgerEntrySerializer();

    @Test
    void readsAnEntryOfTheFirstVersion() throws Exception {
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(VERSION_1))).isEqualTo(ENTRY);
        assertThat(HexFormat.of().formatHex(serializer.serialize(ENTRY))).isEqualTo(VERSION_1);
    }

    @Test
    void anEntryOfANewerReleaseIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessageContaining("written by a newer release");
    }
}
