package io.tidemark.local.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One or more recordings, to be read as one sequence of events in the order in which the recorders
 * received them.
 *
 * <p>A file's kind is told from its content: Bybit v5 wire as JSON lines or as text, Binance raw
 * streams; plain or gzip. Event times are as recorded, wrong clocks included.
 */
public final class Capture {
    private final List<CaptureScan.Content> contents;
    private final SymbolNames names;
    private final boolean bestPrices;

    private Capture(List<CaptureScan.Content> contents, boolean bestPrices) {
        this.contents = contents;
        this.names = SymbolNames.of(contents);
        this.bestPrices = bestPrices;
    }

    /**
     * Looks through the files once: about 100 MB of text a second.
     *
     * @param market take only this market; empty takes all, and where two of them have one name,
     *     appends the market to the symbol
     * @param bestPrices whether Binance's bookTicker messages become one-level books
     * @throws CaptureException when a file is no recording, or nothing is left of that market
     */
    public static Capture of(Collection<Path> files, Optional<Market> market, boolean bestPrices)
            throws IOException {
        List<CaptureScan.Content> all = new ArrayList<>();
        for (Path file : files) {
            all.addAll(CaptureScan.of(file, market));
        }
        List<CaptureScan.Content> wanted =
                all.stream()
                        .filter(
                                content ->
                                        market.isEmpty()
                                                || content.connection().market() == market.get())
                        .toList();
        if (wanted.isEmpty()) {
            Set<String> there = new TreeSet<>();
            all.forEach(content -> there.add(content.connection().market().wireName()));
            throw new CaptureException(
                    "%s: wanted messages of %s, got %s"
                            .formatted(
                                    files,
                                    market.map(one -> "market " + one.wireName())
                                            .orElse("any market"),
                                    there.isEmpty() ? "none" : "only " + there));
        }
        return new Capture(wanted, bestPrices);
    }

    /** Every symbol as it is published. */
    public Set<String> symbols() {
        return names.all();
    }

    /** Messages to read, those that become no event included. */
    public long messages() {
        return contents.stream().mapToLong(CaptureScan.Content::messages).sum();
    }

    /** Reads from the beginning; any number of readings may run. */
    public CaptureReading read() throws IOException {
        SkippedCounts skipped = new SkippedCounts();
        return CaptureReading.of(
                contents.stream().map(CaptureScan.Content::connection).toList(),
                new BybitMapper(names, skipped),
                new BinanceMapper(names, skipped, bestPrices, this::onlyBinanceSymbol),
                skipped);
    }

    private @Nullable String onlyBinanceSymbol(Market market) {
        Set<String> symbols = new TreeSet<>();
        for (CaptureScan.Content content : contents) {
            Connection connection = content.connection();
            if (connection.format() == RecordingFormat.BINANCE && connection.market() == market) {
                symbols.addAll(content.symbols());
            }
        }
        return symbols.size() == 1 ? symbols.iterator().next() : null;
    }
}
