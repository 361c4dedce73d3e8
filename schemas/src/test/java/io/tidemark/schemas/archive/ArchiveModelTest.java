package io.tidemark.schemas.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.archive.avro.TradeRecord;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class ArchiveModelTest {
    @Test
    void knowsTheArchivesRecords() {
        assertThat(ArchiveModel.INSTANCE.getClass(TradeRecord.SCHEMA$))
                .isEqualTo(TradeRecord.class);
    }

    @Test
    void loadsNoClassAFileNames() throws Exception {
        Schema foreign =
                SchemaBuilder.record("ProcessBuilder")
                        .namespace("java.lang")
                        .fields()
                        .requiredString("command")
                        .endRecord();
        GenericData.Record record = new GenericData.Record(foreign);
        record.put("command", "x");

        List<IndexedRecord> read =
                AvroFiles.records(AvroFiles.bytes(foreign, List.of(record)), foreign);

        assertThat(read).singleElement().isInstanceOf(GenericData.Record.class);
    }
}
