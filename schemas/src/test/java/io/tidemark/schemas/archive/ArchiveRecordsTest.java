package io.tidemark.schemas.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tidemark.schemas.archive.avro.BookRecord;
import io.tidemark.schemas.archive.avro.RejectedRecord;
import io.tidemark.schemas.archive.avro.TickerRecord;
import io.tidemark.schemas.archive.avro.TradeRecord;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.event.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveRecordsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everyEventComesBackAsItWas(long seed) throws Exception {
        RandomEvents random = new RandomEvents(seed);
        for (EventType type : EventType.values()) {
            List<MarketEvent> events = new ArrayList<>();
            List<SpecificRecord> records = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                events.add(random.event(type));
                records.add(ArchiveRecords.toRecord(events.get(i), verdict(i)));
            }

            List<SpecificRecord> read = throughAFile(type, records);

            for (int i = 0; i < events.size(); i++) {
                assertThat(ArchiveRecords.toEvent(read.get(i))).isEqualTo(events.get(i));
                assertThat(ArchiveRecords.verdict(read.get(i))).isEqualTo(verdict(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everyRejectedMessageComesBackAsItWas(long seed) throws Exception {
        RandomEvents random = new RandomEvents(seed);
        List<RejectedMessage> messages = new ArrayList<>();
        List<RejectedRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            messages.add(random.rejected());
            records.add(RejectedRecords.toRecord(messages.get(i)));
        }

        List<RejectedRecord> read =
                AvroFiles.records(
                        AvroFiles.bytes(RejectedRecords.schema(), records),
                        RejectedRecords.schema());

        assertThat(read.stream().map(RejectedRecords::toMessage)).isEqualTo(messages);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyTypeBeginsWithTheSameColumns(EventType type) {
        List<Schema.Field> expected = TradeRecord.SCHEMA$.getFields().subList(0, 10);
        assertThat(ArchiveRecords.schema(type).getFields().subList(0, 10))
                .extracting(Schema.Field::name, Schema.Field::schema)
                .isEqualTo(
                        expected.stream()
                                .map(field -> tuple(field.name(), field.schema()))
                                .toList());
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyColumnSaysWhatItHolds(EventType type) {
        assertThat(ArchiveRecords.schema(type).getFields())
                .allSatisfy(field -> assertThat(field.doc()).isNotBlank());
    }

    @Test
    void anUndefinedNumberIsNullInTheRecord() {
        double[] values = new double[TickerField.values().length];
        values[TickerField.MARK_PRICE.ordinal()] = Double.NaN;
        values[TickerField.LAST_PRICE.ordinal()] = 5;
        TickerRecord record =
                (TickerRecord)
                        ArchiveRecords.toRecord(
                                new Ticker(
                                        header("x"),
                                        true,
                                        values,
                                        EventHeader.UNKNOWN_TIME,
                                        null,
                                        null),
                                Verdict.ACCEPTED);

        assertThat(record.getMarkPrice()).isNull();
        assertThat(record.getLastPrice()).isEqualTo(5.0);
        assertThat(record.getNextFundingTime()).isNull();
    }

    @Test
    void aTickerOfAnOlderReleaseHasFewerNumbers() {
        Ticker old =
                new Ticker(
                        header("x"), true, new double[] {5}, EventHeader.UNKNOWN_TIME, null, null);

        Ticker read = (Ticker) ArchiveRecords.toEvent(ArchiveRecords.toRecord(old, Verdict.LATE));

        assertThat(read.value(TickerField.LAST_PRICE)).isEqualTo(5);
        assertThat(read.value(TickerField.PRE_QTY)).isNaN();
    }

    @Test
    void halfASurrogatePairDoesNotStopTheArchive() throws Exception {
        Trade trade = trade(header("a\uD83Db\uDE00c\uD83D\uDE00\uD83D"));

        List<SpecificRecord> read =
                throughAFile(
                        EventType.TRADE, List.of(ArchiveRecords.toRecord(trade, Verdict.LATE)));

        assertThat(ArchiveRecords.toEvent(read.get(0)).header().id())
                .isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00\uFFFD");
    }

    @Test
    void aCodeNoReleaseHasWrittenIsRefusedByName() {
        TradeRecord record =
                (TradeRecord) ArchiveRecords.toRecord(trade(header("x")), Verdict.LATE);
        record.setTakerSide("Buy");
        assertThatThrownBy(() -> ArchiveRecords.toEvent(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("taker_side must be buy or sell, got 'Buy'");
        record.setVerdict("dropped");
        assertThatThrownBy(() -> ArchiveRecords.verdict(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "verdict must be one of accepted, late, duplicate, got 'dropped'");
    }

    @Test
    void aBookSideWithAPriceWithoutASizeIsRefused() {
        BookRecord record =
                (BookRecord)
                        ArchiveRecords.toRecord(
                                new RandomEvents(1).event(EventType.ORDERBOOK), Verdict.ACCEPTED);
        record.setBidPrices(List.of(1.0, 2.0));
        record.setBidSizes(List.of(1.0));
        assertThatThrownBy(() -> ArchiveRecords.toEvent(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a book side must have as many sizes as prices, got 2 prices and 1 sizes");
    }

    @Test
    void aRejectedMessageKeepsItsBodyReadableTwice() {
        RejectedRecord record =
                RejectedRecords.toRecord(
                        new RejectedMessage(
                                "q",
                                RejectReason.MALFORMED,
                                "d",
                                new byte[] {1, 2},
                                2,
                                Map.of(),
                                0));
        assertThat(RejectedRecords.toMessage(record).body()).containsExactly(1, 2);
        assertThat(RejectedRecords.toMessage(record).body()).containsExactly(1, 2);
    }

    private static Verdict verdict(int i) {
        return i % 2 == 0 ? Verdict.ACCEPTED : Verdict.LATE;
    }

    private static List<SpecificRecord> throughAFile(EventType type, List<SpecificRecord> records)
            throws Exception {
        Schema schema = ArchiveRecords.schema(type);
        return AvroFiles.records(AvroFiles.bytes(schema, records), schema);
    }

    private static Trade trade(EventHeader header) {
        return new Trade(header, 1, 1, Trade.Side.BUY, null, false, false);
    }

    private static EventHeader header(String id) {
        return new EventHeader("BTCUSDT", 1, 1, 1, 1, 1, id, null, null);
    }
}
