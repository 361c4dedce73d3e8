package io.tidemark.schemas.registry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A feature registry: what is computed, from what, how often. Well formed, which does not mean that
 * its kernels exist: that is the feature module's to say.
 *
 * @param version three numbers, {@code 1.0.0}
 * @param cadenceMicros time between two rows of a symbol, 100 ms to 1 h
 * @param carryMicros how old the last price may be and still count; 5 minutes unless said
 * @param features in the file's order, which is the order of a row's values
 */
public record RegistryDocument(
        String version, long cadenceMicros, long carryMicros, List<FeatureEntry> features) {

    /** The largest file taken, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1 << 20;

    /** The finest cadence: 100 ms. */
    public static final long MIN_CADENCE_MICROS = 100_000L;

    /** The coarsest cadence: 1 h. */
    public static final long MAX_CADENCE_MICROS = 3_600_000_000L;

    /** The carry when a registry says none: 5 minutes. */
    public static final long DEFAULT_CARRY_MICROS = 300_000_000L;

    /**
     * Reads a registry file.
     *
     * @throws RegistryInvalidException listing everything that is wrong
     */
    public static RegistryDocument parse(String yaml) {
        // Length first: counting the bytes of a huge text would copy it.
        if (yaml.length() > MAX_BYTES || yaml.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw refused("a registry has at most " + MAX_BYTES + " bytes");
        }
        return RegistryReader.read(yaml);
    }

    /**
     * Reads a registry file from its bytes.
     *
     * @throws RegistryInvalidException listing everything that is wrong
     */
    public static RegistryDocument parse(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            throw refused("a registry has at most " + MAX_BYTES + " bytes, got " + utf8.length);
        }
        try {
            return RegistryReader.read(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException notUtf8) {
            throw refused("a registry is UTF-8 text, got other bytes");
        }
    }

    private static RegistryInvalidException refused(String message) {
        return new RegistryInvalidException(List.of(new RegistryProblem(0, message)));
    }
}
