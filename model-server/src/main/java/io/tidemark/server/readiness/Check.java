package io.tidemark.server.readiness;

/**
 * One thing that was asked.
 *
 * @param detail for people; says neither hosts nor credentials, since anybody may ask
 */
record Check(String name, boolean ok, String detail) {
    static Check passed(String name, String detail) {
        return new Check(name, true, detail);
    }

    static Check failed(String name, String detail) {
        return new Check(name, false, detail);
    }
}
