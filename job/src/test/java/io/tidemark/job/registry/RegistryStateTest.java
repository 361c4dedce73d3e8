package io.tidemark.job.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What a savepoint of an earlier build holds of registries is read by the next. */
class RegistryStateTest {
    private static final RegistryChange CHANGE =
            new RegistryChange(1, 2, new Registry("a: \u00e9", 3), 4);

    /** {@link #CHANGE} as the first version of the state wrote it. */
    private static final String CHANGE_1 =
            "01"
                    + "0000000000000001"
                    + "0000000000000002"
                    + "0000000000000004"
                    + "0000000000000003"
                    + "00000005"
                    + "613a20c3a9";

    @Test
    void readsAChangeOfTheFirstVersion() throws Exception {
        assertThat(
                        RegistryChangeSerializer.INSTANCE.deserialize(
                                new DataInputDeserializer(HexFormat.of().parseHex(CHANGE_1))))
                .isEqualTo(CHANGE);
        DataOutputSerializer out = new DataOutputSerializer(64);
        RegistryChangeSerializer.INSTANCE.serialize(CHANGE, out);
        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer())).isEqualTo(CHANGE_1);
    }

    @Test
    void readsACoordinatorOfTheFirstVersion() throws Exception {
        String stored = "01" + CHANGE_1 + "00000001" + CHANGE_1;
        CoordinatorState state = CoordinatorState.of(HexFormat.of().parseHex(stored));

        assertThat(state).isEqualTo(new CoordinatorState(CHANGE, List.of(CHANGE)));
        assertThat(HexFormat.of().formatHex(state.toBytes())).isEqualTo(stored);
    }

    @Test
    void stateOfANewerReleaseIsRefused() {
        assertThatThrownBy(() -> CoordinatorState.of(new byte[] {9}))
                .hasMessageContaining("written by a newer release");
        assertThatThrownBy(
                        () ->
                                RegistryChangeSerializer.INSTANCE.deserialize(
                                        new DataInputDeserializer(new byte[] {9})))
                .hasMessageContaining("written by a newer release");
    }
}
