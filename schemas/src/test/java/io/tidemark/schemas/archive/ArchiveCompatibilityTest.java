package io.tidemark.schemas.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.archive.avro.RejectedRecord;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every release must read what every release before it wrote. The files under {@code compat} were
 * written by those releases and are never written again.
 */
class ArchiveCompatibilityTest {
    @ParameterizedTest
    @EnumSource(EventType.class)
    void readsTheEventsOfRelease01(EventType type) throws Exception {
        List<SpecificRecord> records =
                AvroFiles.records(
                        resource("0.1/" + type.wireName() + ".avro"), ArchiveRecords.schema(type));

        List<MarketEvent> expected =
                GoldenRelease01.EVENTS.stream().filter(event -> event.type() == type).toList();
        assertThat(records.stream().map(ArchiveRecords::toEvent)).isEqualTo(expected);
        assertThat(records.stream().map(ArchiveRecords::verdict))
                .containsExactly(Verdict.ACCEPTED, Verdict.LATE);
    }

    @Test
    void readsTheRejectedMessagesOfRelease01() throws Exception {
        List<RejectedRecord> records =
                AvroFiles.records(resource("0.1/rejected.avro"), RejectedRecords.schema());
        List<RejectedMessage> read = records.stream().map(RejectedRecords::toMessage).toList();
        assertThat(read).isEqualTo(GoldenRelease01.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trade", "orderbook", "kline", "ticker", "funding", "rejected"})
    void canReadEverythingTheSchemasOfRelease01CouldWrite(String kind) throws Exception {
        assertThat(canRead(current(kind), released("0.1", kind)))
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void canReadFeatureRowsOfRelease01() throws Exception {
        assertThat(
                        canRead(
                                FeatureRowSchema.of("1.0.0", List.of("mid_price")),
                                released("0.1", "features")))
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static SchemaCompatibilityType canRead(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
    }

    private static Schema current(String kind) {
        return kind.equals("rejected")
                ? RejectedRecords.schema()
                : ArchiveRecords.schema(EventType.valueOf(kind.toUpperCase(Locale.ROOT)));
    }

    private static Schema released(String release, String kind) throws IOException {
        byte[] text = resource(release + "/" + kind + ".avsc");
        return new Schema.Parser().parse(new String(text, StandardCharsets.UTF_8));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream =
                ArchiveCompatibilityTest.class.getResourceAsStream("/compat/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
