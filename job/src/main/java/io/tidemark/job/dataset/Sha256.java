package io.tidemark.job.dataset;

import io.tidemark.features.registry.FeatureSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of files and texts, in lower-case hexadecimal. */
final class Sha256 {
    private static final int BLOCK = 1 << 16;

    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(String text) {
        Sha256 hash = new Sha256();
        hash.digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hash.hex();
    }

    static String of(Path file) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = Files.newInputStream(file)) {
            hash.add(in);
        }
        return hash.hex();
    }

    /**
     * Of the code that computes rows and labels: the jar or the class files of the module of the
     * kernels.
     */
    static String ofKernels() throws IOException {
        CodeSource source = FeatureSet.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return "";
        }
        Path code;
        try {
            code = Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("no place of code: " + source.getLocation(), e);
        }
        if (Files.isRegularFile(code)) {
            return of(code);
        }
        List<Path> classes;
        try (Stream<Path> all = Files.walk(code)) {
            classes = all.filter(Files::isRegularFile).sorted().toList();
        }
        Sha256 hash = new Sha256();
        for (Path one : classes) {
            hash.add(code.relativize(one).toString());
            try (InputStream in = Files.newInputStream(one)) {
                hash.add(in);
            }
        }
        return hash.hex();
    }

    void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    void add(InputStream in) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
        }
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
