package io.tidemark.schemas.settings;

/**
 * A value that must not be shown: it prints as {@code ***}. Equality is of the value; compare keys
 * sent by a client by hash and in constant time instead.
 *
 * @param reveal the value itself; name it only where it is used
 */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
