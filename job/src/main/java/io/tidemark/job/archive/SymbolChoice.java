package io.tidemark.job.archive;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Which symbols of the archive are meant.
 *
 * @param names these; empty: all there are
 * @param part of the symbols, by a hash of the name: this one, from 0
 * @param parts how many parts there are, at least 1
 */
public record SymbolChoice(List<String> names, int part, int parts) implements Serializable {
    /** All symbols. */
    public static final SymbolChoice ALL = new SymbolChoice(List.of(), 0, 1);

    /** Keeps the names sorted, each once. */
    public SymbolChoice {
        names = List.copyOf(new TreeSet<>(names));
        if (parts < 1 || part < 0 || part >= parts) {
            throw new IllegalArgumentException(
                    "wanted a part of 0 to %d, got %d".formatted(parts - 1, part));
        }
    }

    /** These symbols; all when the set is empty. */
    public static SymbolChoice of(Set<String> names) {
        return new SymbolChoice(List.copyOf(names), 0, 1);
    }

    /** One of so many parts that together are this choice and have nothing in common. */
    public SymbolChoice part(int one, int of) {
        return new SymbolChoice(names, one, of);
    }

    /** Whether the symbol is meant. */
    public boolean has(String symbol) {
        return (names.isEmpty() || names.contains(symbol))
                && (parts == 1 || partOf(symbol) == part);
    }

    private int partOf(String symbol) {
        CRC32 crc = new CRC32();
        crc.update(symbol.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % parts);
    }
}
