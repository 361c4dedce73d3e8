package io.tidemark.schemas.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Avro container files in memory, through the archive's model. */
final class AvroFiles {
    private AvroFiles() {}

    static byte[] bytes(Schema schema, List<? extends IndexedRecord> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<IndexedRecord> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(schema, ArchiveModel.INSTANCE))) {
            writer.create(schema, bytes);
            for (IndexedRecord record : records) {
                writer.append(record);
            }
        }
        return bytes.toByteArray();
    }

    /** The records of a file written by any release, as those of the schema. */
    static <T extends IndexedRecord> List<T> records(byte[] file, Schema schema)
            throws IOException {
        SpecificDatumReader<T> datumReader = new SpecificDatumReader<>(ArchiveModel.INSTANCE);
        datumReader.setExpected(schema);
        List<T> records = new ArrayList<>();
        try (DataFileReader<T> reader =
                new DataFileReader<>(new SeekableByteArrayInput(file), datumReader)) {
            while (reader.hasNext()) {
                records.add(reader.next());
            }
        }
        return records;
    }
}
