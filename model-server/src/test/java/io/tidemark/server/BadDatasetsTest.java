package io.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.server.model.Sha256;
import io.tidemark.server.training.CertifiedDataset;
import io.tidemark.server.training.DatasetRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datasets whose certificate is right and whose files are not what they say: all refused. */
final class BadDatasetsTest {
    private static final String PARQUET = "fold=0/split=train/rows.parquet";
    private static final String CSV = "fold=0/split=train/rows.csv";

    @TempDir Path archive;
    private Path datasets;

    @BeforeEach
    void write() {
        datasets = archive.resolve("datasets");
        TestDataset.writeParquet(archive, "columns");
        TestDataset.write(archive, "text", true);
    }

    @Test
    void aFileThatIsNoParquetIsRefused() throws Exception {
        byte[] good = Files.readAllBytes(datasets.resolve("columns").resolve(PARQUET));
        byte[] random = new byte[5_000];
        new SplittableRandom(1).nextBytes(random);
        for (byte[] bad :
                List.of(
                        new byte[0],
                        utf8("PAR1"),
                        utf8("PAR1PAR1"),
                        Arrays.copyOf(good, good.length / 2),
                        Arrays.copyOfRange(good, good.length / 2, good.length),
                        footerLength(good, Integer.MAX_VALUE),
                        footerLength(good, -1),
                        footerLength(good, good.length),
                        footerLength(good, 8),
                        random,
                        utf8("mid_price,spread\n1,2\n"))) {
            certified("columns", PARQUET, bad);
            assertThatThrownBy(() -> CertifiedDataset.open(datasets, "columns"))
                    .as("%d bytes", bad.length)
                    .isInstanceOf(DatasetRefusedException.class)
                    .hasMessageNotContaining(archive.toString());
        }
    }

    @Test
    void aFlippedBitIsRefusedOrChangesNothingThatIsRead() throws Exception {
        byte[] good = Files.readAllBytes(datasets.resolve("columns").resolve(PARQUET));
        double[][] whole = CertifiedDataset.open(datasets, "columns").splits().train().features();
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] flipped = good.clone();
            int at = random.nextInt(4, flipped.length);
            flipped[at] = (byte) (flipped[at] ^ (1 << random.nextInt(8)));
            certified("columns", PARQUET, flipped);
            try {
                // Pages have checksums; the rest of the file may say the same in other words.
                CertifiedDataset read = CertifiedDataset.open(datasets, "columns");
                assertThat(read.splits().train().features().length).isEqualTo(whole.length);
            } catch (DatasetRefusedException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void aColumnThatIsNotThereIsRefused() throws Exception {
        for (String id : List.of("columns", "text")) {
            String manifest = Files.readString(datasets.resolve(id).resolve("manifest.json"));
            TestDataset.certify(archive, id, manifest.replace("\"spread\"", "\"nothing\""));
            assertThatThrownBy(() -> CertifiedDataset.open(datasets, id))
                    .isInstanceOf(DatasetRefusedException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2026-01-01T00:00:00Z | yesterday
                    2026-01-01T00:00:00Z | 99999-01-01T00:00:00Z
                    BTCUSDT,2026-01-01T00:00:00Z | BTCUSDT,1,2026-01-01T00:00:00Z
                    63,1,, | 63,1,,Infinity,
                    63,1,, | 63,1,,1e400,
                    63,1,, | 63,1,,one,
                    mid_price | mid_price_of_another
                    """)
    void aLineThatIsWrongIsRefused(String from, String to) throws Exception {
        Path file = datasets.resolve("text").resolve(CSV);
        String good = Files.readString(file);
        String bad =
                from.equals("63,1,,")
                        ? good.replaceFirst("63,1,,[^,]*,", to)
                        : good.replaceFirst(from, to);
        assertThat(bad).isNotEqualTo(good);
        certified("text", CSV, utf8(bad));
        assertThatThrownBy(() -> CertifiedDataset.open(datasets, "text"))
                .isInstanceOf(DatasetRefusedException.class);
    }

    @Test
    void noFileIsReadThroughALinkOrFromElsewhere() throws Exception {
        Path file = datasets.resolve("text").resolve(CSV);
        Path elsewhere = archive.resolve("elsewhere.csv");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        assertThatThrownBy(() -> CertifiedDataset.open(datasets, "text"))
                .isInstanceOf(DatasetRefusedException.class)
                .hasMessage("the dataset has no " + CSV);
        String manifest = Files.readString(datasets.resolve("text/manifest.json"));
        TestDataset.certify(archive, "text", manifest.replace(CSV, "../../elsewhere.csv"));
        assertThatThrownBy(() -> CertifiedDataset.open(datasets, "text"))
                .hasMessage("the manifest names a file elsewhere");
        Files.createSymbolicLink(datasets.resolve("linked"), datasets.resolve("text"));
        assertThatThrownBy(() -> CertifiedDataset.open(datasets, "linked"))
                .hasMessage("there is no dataset linked");
    }

    @Test
    void aPipeOrADeviceIsNotRead() throws Exception {
        Path file = datasets.resolve("text").resolve(CSV);
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> CertifiedDataset.open(datasets, "text"))
                .isInstanceOf(DatasetRefusedException.class)
                .hasMessage("the dataset has no " + CSV);
        Path certificate = datasets.resolve("columns/certificate.json");
        Files.delete(certificate);
        Files.createSymbolicLink(certificate, Path.of("/dev/zero"));
        assertThatThrownBy(() -> CertifiedDataset.open(datasets, "columns"))
                .isInstanceOf(DatasetRefusedException.class)
                .hasMessage("the dataset has no certificate.json");
    }

    /** Puts the bytes in the file's place, and the hash of them into what is certified. */
    private void certified(String id, String name, byte[] bytes) throws IOException {
        Path file = datasets.resolve(id).resolve(name);
        String manifest = Files.readString(datasets.resolve(id).resolve("manifest.json"));
        String before = Sha256.of(Files.readAllBytes(file));
        Files.write(file, bytes);
        TestDataset.certify(archive, id, manifest.replace(before, Sha256.of(bytes)));
    }

    private static byte[] footerLength(byte[] file, int length) {
        byte[] other = file.clone();
        ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(other.length - 8, length);
        return other;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
