package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.event.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class QueueEnumeratorTest {
    private static final List<QueueSplit> ALL =
            Arrays.stream(EventType.values())
                    .map(type -> QueueSplit.unread(type.wireName(), type))
                    .toList();

    @Test
    void spreadsTheQueuesEvenlyWhateverTheOrderOfTheReaders() throws Exception {
        try (Context context = new Context(2)) {
            QueueEnumerator enumerator = new QueueEnumerator(context, ALL, QueueAssignment.NONE);
            context.register(enumerator, 1);
            context.register(enumerator, 0);

            assertThat(context.assigned(0)).containsExactly("funding", "kline", "trade");
            assertThat(context.assigned(1)).containsExactly("orderbook", "ticker");
        }
    }

    @Test
    void afterARestoreOnlyQueuesAddedToTheSettingsAreGivenOut() throws Exception {
        try (Context context = new Context(1)) {
            QueueAssignment before =
                    new QueueAssignment(
                            Set.of("trade", "orderbook", "kline", "ticker", "gone"), List.of());
            QueueEnumerator enumerator = new QueueEnumerator(context, ALL, before);
            context.register(enumerator, 0);

            assertThat(context.assigned(0)).containsExactly("funding");
            assertThat(enumerator.snapshotState(1).assigned())
                    .containsExactly("funding", "gone", "kline", "orderbook", "ticker", "trade");
        }
    }

    @Test
    void aLostReadersQueueKeepsItsStateInCheckpointsUntilAnotherHasIt() throws Exception {
        try (Context context = new Context(1)) {
            QueueEnumerator enumerator = new QueueEnumerator(context, ALL, QueueAssignment.NONE);
            context.register(enumerator, 0);
            context.unregisterReader(0);
            QueueSplit read =
                    new QueueSplit("trade", EventType.TRADE, new long[] {1, 2}, new long[] {});
            enumerator.addSplitsBack(List.of(read), 0);

            QueueAssignment state = enumerator.snapshotState(1);
            assertThat(state.returned()).containsExactly(read);
            assertThat(state.assigned()).doesNotContain("trade");

            try (Context next = new Context(1)) {
                QueueEnumerator restored = new QueueEnumerator(next, ALL, state);
                next.register(restored, 0);
                assertThat(next.assignments(0)).containsExactly(read);
                assertThat(restored.snapshotState(2).returned()).isEmpty();
            }
        }
    }

    @Test
    void tellsEveryOtherReaderHowFarOneHasRead() throws Exception {
        try (Context context = new Context(3)) {
            QueueEnumerator enumerator = new QueueEnumerator(context, ALL, QueueAssignment.NONE);
            for (int reader = 0; reader < 3; reader++) {
                context.register(enumerator, reader);
            }
            ReadUpTo progress = new ReadUpTo(7);
            enumerator.handleSourceEvent(1, progress);

            assertThat(context.getSentSourceEvent())
                    .containsOnlyKeys(0, 2)
                    .allSatisfy((reader, events) -> assertThat(events).containsExactly(progress));
        }
    }

    /** One that has read the last of the messages before the other is there does not tell again. */
    @Test
    void aReaderThatComesLaterIsToldHowFarTheOthersAre() throws Exception {
        try (Context context = new Context(2)) {
            QueueEnumerator enumerator = new QueueEnumerator(context, ALL, QueueAssignment.NONE);
            context.register(enumerator, 0);
            assertThat(context.getSentSourceEvent()).isEmpty();
            enumerator.handleSourceEvent(0, new ReadUpTo(7));
            enumerator.handleSourceEvent(0, new ReadUpTo(5));
            context.register(enumerator, 1);

            assertThat(context.getSentSourceEvent()).containsOnlyKeys(1);
            assertThat(context.getSentSourceEvent().get(1)).containsExactly(new ReadUpTo(7));
        }
    }

    /** One by one, the first would be read, and the time with it, before the next is there. */
    @Test
    void allQueuesOfAReaderAreGivenAtOnce() throws Exception {
        try (Context context = new Context(1)) {
            QueueEnumerator enumerator = new QueueEnumerator(context, ALL, QueueAssignment.NONE);
            context.register(enumerator, 0);
            assertThat(context.getSplitsAssignmentSequence())
                    .singleElement()
                    .satisfies(all -> assertThat(all.assignment().get(0)).hasSameSizeAs(ALL));
        }
    }

    private static final class Context extends MockSplitEnumeratorContext<QueueSplit> {
        Context(int parallelism) {
            super(parallelism);
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void register(QueueEnumerator enumerator, int reader) {
            registerReader(new ReaderInfo(reader, "localhost"));
            enumerator.addReader(reader);
        }

        List<QueueSplit> assignments(int reader) {
            return getSplitsAssignmentSequence().stream()
                    .flatMap(one -> one.assignment().getOrDefault(reader, List.of()).stream())
                    .toList();
        }

        List<String> assigned(int reader) {
            return assignments(reader).stream().map(QueueSplit::queue).sorted().toList();
        }
    }
}
