package io.tidemark.server.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file of the class path that must be there. */
final class Resource {
    private Resource() {}

    /** The whole content; IllegalStateException when the file is missing. */
    static byte[] bytes(String path) {
        try (InputStream in = Resource.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no " + path + " on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
