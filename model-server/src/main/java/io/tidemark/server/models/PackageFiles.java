package io.tidemark.server.models;

import io.tidemark.server.model.ModelRefusedException;
import java.io.IOException;
import java.util.Map;

/**
 * Where packages lie. A package is told of only when it is there whole, and is never changed. Any
 * number of servers may use the same place.
 */
interface PackageFiles extends AutoCloseable {

    /**
     * Puts a package there.
     *
     * @param version {@code v1}, {@code v2}, …
     * @param sha256 of package.json
     * @param files by name, package.json among them
     * @return false when another package has that version here; nothing is there of this one then
     * @throws IOException when it cannot be put; what is there of it then is nobody's
     */
    boolean put(String version, String sha256, Map<String, byte[]> files) throws IOException;

    /**
     * A file, whole.
     *
     * @param sha256 of the version's package.json
     * @param most bytes of it; more are not read
     * @throws ModelRefusedException when there is no such file, or it has more bytes
     * @throws IOException when it cannot be told whether there is; the message is fit for a caller
     */
    byte[] read(String version, String sha256, String name, int most)
            throws ModelRefusedException, IOException;

    @Override
    default void close() {}
}
