package io.tidemark.local.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A first look through a file that parses next to nothing: which connections it has, on which
 * market each is, which symbols and how many messages it carries.
 */
final class CaptureScan {
    private static final Pattern CONNECTION = Pattern.compile("\"conn\":\\s*\"([^\"]*)\"");
    private static final Pattern ADDRESS = Pattern.compile("\"addr\":\\s*\"([^\"]*)\"");
    private static final Pattern TOPIC = Pattern.compile("\"topic\\\\?\":\\s*\\\\?\"([^\"\\\\]*)");
    private static final Pattern STREAM = Pattern.compile("\"stream\":\\s*\"([^@\"]*)@");

    private final Path file;
    private final RecordingFormat format;
    private final Map<String, Found> byName = new LinkedHashMap<>();

    private CaptureScan(Path file, RecordingFormat format) {
        this.file = file;
        this.format = format;
    }

    /**
     * One connection and what it carries.
     *
     * @param symbols as the exchange names them
     */
    record Content(Connection connection, Set<String> symbols, long messages) {}

    /**
     * What the file holds.
     *
     * @param assumed the market of a connection whose address the file does not tell
     * @throws CaptureException when it is no recording, or a connection's market is not to be found
     */
    static List<Content> of(Path file, Optional<Market> assumed) throws IOException {
        CaptureScan scan = new CaptureScan(file, RecordingFormat.of(file));
        try (CaptureLines lines = CaptureLines.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                scan.take(line);
            }
        }
        return scan.contents(assumed);
    }

    private void take(String line) {
        switch (format) {
            case BYBIT_JSON_LINES -> bybitJson(line);
            case BYBIT_TEXT -> bybitText(line);
            case BINANCE -> binance(line);
        }
    }

    private void bybitJson(String line) {
        String name = group(CONNECTION, line);
        if (name == null) {
            return;
        }
        Found found = found(name);
        String address = group(ADDRESS, line);
        if (address != null) {
            found.address(address);
        } else if (line.contains("\"recv\"")) {
            found.topic(group(TOPIC, line));
        }
    }

    private void bybitText(String line) {
        Found found = found("");
        if (line.startsWith("ws")) {
            found.address(line.substring(0, line.indexOf(' ')));
        } else {
            found.topic(group(TOPIC, line));
        }
    }

    private void binance(String line) {
        Found found = found("");
        found.messages++;
        String symbol = group(STREAM, line);
        if (symbol != null) {
            found.symbols.add(BinanceMapper.symbol(symbol));
        }
        if (found.market == null) {
            found.market = BinanceMapper.marketOf(line);
        }
    }

    private Found found(String name) {
        return byName.computeIfAbsent(name, n -> new Found());
    }

    private static @Nullable String group(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : null;
    }

    private List<Content> contents(Optional<Market> assumed) throws CaptureException {
        List<Content> contents = new ArrayList<>();
        for (Map.Entry<String, Found> entry : byName.entrySet()) {
            Found found = entry.getValue();
            if (found.messages == 0) {
                continue;
            }
            Market market = found.market == null ? assumed.orElse(null) : found.market;
            if (market == null) {
                throw new CaptureException(
                        "%s: wanted the market of connection '%s' (an address ending in /v5/public/linear, spot or inverse), got %s; name it with --category"
                                .formatted(
                                        file,
                                        entry.getKey(),
                                        found.address == null ? "no address" : found.address));
            }
            contents.add(
                    new Content(
                            new Connection(file, format, entry.getKey(), market),
                            Set.copyOf(found.symbols),
                            found.messages));
        }
        return contents;
    }

    private static final class Found {
        private final Set<String> symbols = new TreeSet<>();
        private @Nullable Market market;
        private @Nullable String address;
        private long messages;

        void address(String value) {
            address = value;
            market = Market.ofAddress(value).orElse(market);
        }

        void topic(@Nullable String topic) {
            messages++;
            if (topic != null) {
                symbols.add(topic.substring(topic.lastIndexOf('.') + 1));
            }
        }
    }
}
