package io.tidemark.local.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private static final List<Fault> ALL = List.of(Fault.values());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void theSameSeedMakesTheSameScheduleWithEachKindBeforeAnyAgain(long seed) {
        List<Fault> schedule = Fault.schedule(ALL, 2 * ALL.size() + 1, seed);
        assertThat(schedule).isEqualTo(Fault.schedule(ALL, 2 * ALL.size() + 1, seed));
        assertThat(schedule.subList(0, ALL.size())).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(schedule.subList(ALL.size(), 2 * ALL.size()))
                .containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void anotherSeedMakesAnother() {
        assertThat(List.of(1L, 2L, 3L, 4L).stream().map(s -> Fault.schedule(ALL, 6, s)).distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void eachIsDocumented() throws IOException {
        String table = Files.readString(Path.of("../docs/operations.md"));
        assertThat(ALL)
                .allSatisfy(fault -> assertThat(table).contains("`" + fault.wireName() + "`"));
    }

    @Test
    void whatAFaultNeedsAndDoesNotFindIsNamed() {
        List<Fault> faults = List.of(Fault.KILL_BROKER, Fault.SYNC_FAILS, Fault.SYNC_FAILS);
        assertThat(Need.complaints(faults, EnumSet.allOf(Need.class))).isEmpty();
        assertThat(Need.complaints(faults, EnumSet.of(Need.ROOT)))
                .singleElement()
                .asString()
                .startsWith("sync-fails: ")
                .contains("strace");
    }

    @Test
    void needsAKind() {
        assertThatThrownBy(() -> Fault.schedule(List.of(), 1, 1)).hasMessageContaining("faults");
    }
}
