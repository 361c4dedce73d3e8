package io.tidemark.job.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.features.Events;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class QualityMeasuredTest {
    @Test
    @SuppressWarnings("try") // Flink's harness lets close() throw anything.
    void sendsWhatItMeasuredBeforeTheBarrier() throws Exception {
        List<MarketEvent> events = Events.market(3, 2, 90);
        List<MinuteQuality> sent = new ArrayList<>();
        try (OneInputStreamOperatorTestHarness<ArchivedEvent, MinuteQuality> harness =
                new OneInputStreamOperatorTestHarness<>(new QualityMeasured())) {
            harness.open();
            int taken = 0;
            for (MarketEvent event : events) {
                harness.processElement(new ArchivedEvent(event, Verdict.ACCEPTED), 0);
                harness.processElement(new ArchivedEvent(event, Verdict.LATE), 0);
                if (++taken % 100 == 0) {
                    assertThat(harness.extractOutputValues()).hasSameSizeAs(sent);
                    harness.getOneInputOperator().prepareSnapshotPreBarrier(taken);
                    sent.addAll(
                            harness.extractOutputValues()
                                    .subList(sent.size(), harness.extractOutputValues().size()));
                }
            }
            harness.endInput();
            harness.getOneInputOperator().finish();
            sent = harness.extractOutputValues();
        }
        assertThat(sent.stream().mapToLong(MinuteQuality::messages).sum()).isEqualTo(events.size());
        assertThat(sent.stream().map(MinuteQuality::symbol).distinct())
                .containsExactlyInAnyOrder("SYM0", "SYM1");
    }

    @Test
    void travelsWithoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(MinuteQuality.class);
    }
}
