package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, by Jackson's tree, BigDecimal and java.time: slow, and as far from the
 * decoder as can be. Says yes or no, and the event; the reason of a no is the decoder's own.
 */
@SuppressWarnings({"NullAway", "OperatorPrecedence"}) // require() refuses what is null
final class JacksonOracle {
    private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
    private static final BigDecimal LARGEST = new BigDecimal("1e30");
    private static final BigDecimal SMALLEST = new BigDecimal("1e-30");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxNumberLength(64)
                                    .build())
                    .build();

    private final long ingested;
    private final EventType type;
    private final Map<String, JsonNode> envelope;
    private final Map<String, JsonNode> payload;

    private JacksonOracle(
            EventType type,
            long ingested,
            Map<String, JsonNode> envelope,
            Map<String, JsonNode> payload) {
        this.type = type;
        this.ingested = ingested;
        this.envelope = envelope;
        this.payload = payload;
    }

    /** A message the decoder should refuse. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static void require(boolean fact) {
        if (!fact) {
            throw new Refused();
        }
    }

    /** The event, or nothing where the message is none. */
    static Optional<MarketEvent> decode(EventType type, byte[] body, long ingested) {
        try {
            require(body.length <= 1 << 20);
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            try (JsonParser parser =
                    JSON.createParser(text.startsWith("\ufeff") ? text.substring(1) : text)) {
                int[] fields = {0};
                require(parser.nextToken() == JsonToken.START_OBJECT);
                Map<String, JsonNode> payload = new HashMap<>();
                Map<String, JsonNode> envelope = object(parser, fields, payload);
                require(parser.nextToken() == null);
                require(envelope.containsKey("payload"));
                require(fields[0] <= 1_000);
                return Optional.of(new JacksonOracle(type, ingested, envelope, payload).event());
            }
        } catch (IOException | Refused e) {
            return Optional.empty();
        }
    }

    private static Map<String, JsonNode> object(
            JsonParser parser, int[] fields, @Nullable Map<String, JsonNode> payload)
            throws IOException {
        Map<String, JsonNode> object = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields[0]++;
            require(!object.containsKey(name) && name.length() <= 256);
            JsonToken token = parser.nextToken();
            if (payload == null || !name.equals("payload")) {
                object.put(name, value(parser, fields));
            } else if (token != JsonToken.VALUE_NULL) {
                require(token == JsonToken.START_OBJECT);
                payload.putAll(object(parser, fields, null));
                object.put(name, NODES.nullNode());
            }
        }
        return object;
    }

    /** The value; a number as a node that is no text and gives its own. */
    private static JsonNode value(JsonParser parser, int[] fields) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    fields[0]++;
                    require(parser.currentName().length() <= 256);
                    parser.nextToken();
                    value(parser, fields);
                }
                yield NODES.objectNode();
            }
            case START_ARRAY -> {
                ArrayNode list = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, fields));
                }
                yield list;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.pojoNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IOException("unexpected end");
        };
    }

    private static boolean isWhole(JsonNode node) {
        return node.isPojo() && node.asText().matches("-?[0-9]+");
    }

    private MarketEvent event() {
        topic();
        String declared = text(envelope.get("event_type"), Integer.MAX_VALUE);
        require(declared == null || declared.equals(type.wireName()));
        return switch (type) {
            case TRADE -> trade();
            case ORDERBOOK -> book();
            case KLINE -> kline();
            case TICKER -> ticker();
            case FUNDING -> funding();
        };
    }

    private MarketEvent trade() {
        String id = id("i", 64);
        String side = text(payload.get("S"), Integer.MAX_VALUE);
        require(id != null && side != null && (side.equals("Buy") || side.equals("Sell")));
        long own = whole(payload.get("seq"));
        long byId = id.matches("[0-9]+") && fitsLong(id) ? Long.parseLong(id) : 0;
        return new Trade(
                header(present(millis("T")), own < 0 ? byId : own, id),
                required("p", 1),
                required("v", 1),
                side.equals("Buy") ? Trade.Side.BUY : Trade.Side.SELL,
                text(payload.get("L"), 32),
                Boolean.TRUE.equals(flag("BT")),
                Boolean.TRUE.equals(flag("RPI")));
    }

    private MarketEvent book() {
        String kind = text(payload.get("type"), Integer.MAX_VALUE);
        require(kind != null && (kind.equals("snapshot") || kind.equals("delta")));
        BookUpdate.Kind is =
                kind.equals("delta") ? BookUpdate.Kind.DELTA : BookUpdate.Kind.SNAPSHOT;
        long u = whole(payload.get("u"));
        require(u >= 0);
        long seq = Math.max(0, whole(payload.get("seq")));
        long own = millis("cts");
        long time = own == UNKNOWN_TIME ? messageTime() : own;
        String[] topic = topic().split("\\.", -1);
        boolean says = topic.length == 3 && topic[1].matches("[0-9]{1,6}");
        int depth = says ? Integer.parseInt(topic[1]) : 0;
        EventHeader header = header(time, seq, EventIds.book(u, seq, is, depth));
        return new BookUpdate(header, is, depth, u, levels("b"), levels("a"), checksum());
    }

    private long checksum() {
        JsonNode node = payload.get("checksum");
        if (node == null || node.isNull() || (node.isTextual() && node.textValue().isEmpty())) {
            return BookUpdate.NO_CHECKSUM;
        }
        require(node.isTextual() || isWhole(node));
        String text = node.asText();
        require(text.matches("-?[0-9]{1,64}") && text.length() <= 64);
        BigDecimal exact = new BigDecimal(text);
        require(exact.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) >= 0);
        require(exact.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0);
        return exact.longValueExact();
    }

    private double[] levels(String name) {
        JsonNode side = payload.get(name);
        require(side != null && side.isArray() && side.size() <= 20_000);
        double[] levels = new double[2 * side.size()];
        for (int i = 0; i < side.size(); i++) {
            JsonNode level = side.get(i);
            require(level.isArray() && level.size() >= 2);
            levels[2 * i] = number(level.get(0), 1);
            levels[2 * i + 1] = number(level.get(1), 0);
            require(!Double.isNaN(levels[2 * i]) && !Double.isNaN(levels[2 * i + 1]));
        }
        return levels;
    }

    private MarketEvent kline() {
        String interval = id("interval", 8);
        Boolean confirm = flag("confirm");
        require(interval != null && confirm != null);
        double open = required("open", 1);
        double high = required("high", 1);
        double low = required("low", 1);
        double close = required("close", 1);
        require(high >= open && high >= close && low <= open && low <= close);
        long start = inYears(present(millis("start")));
        long end = inYears(present(millis("end")));
        require(end >= start);
        long own = millis("timestamp");
        long time = own == UNKNOWN_TIME ? messageTime() : own;
        return new Kline(
                header(time, 0, EventIds.kline(interval, start, time, confirm)),
                interval,
                start,
                end,
                open,
                high,
                low,
                close,
                required("volume", 0),
                number(payload.get("turnover"), 0),
                confirm);
    }

    private MarketEvent ticker() {
        TickerField[] fields = TickerField.values();
        double[] values = new double[fields.length];
        for (TickerField field : fields) {
            String name = field.wireName();
            boolean signed = name.startsWith("funding") && !name.endsWith("Hour");
            int least = signed || name.endsWith("Pcnt") ? -1 : name.contains("rice") ? 1 : 0;
            values[field.ordinal()] = number(payload.get(name), least);
        }
        String kind = text(payload.get("type"), Integer.MAX_VALUE);
        require(kind == null || kind.equals("snapshot") || kind.equals("delta"));
        boolean snapshot = "snapshot".equals(kind);
        long cs = Math.max(0, whole(payload.get("cs")));
        long next = fundingTime("nextFundingTime");
        String tick = text(payload.get("tickDirection"), 32);
        String phase = text(payload.get("curPreListingPhase"), 32);
        String id = EventIds.ticker(messageTime(), cs, snapshot, values, next, tick, phase);
        return new Ticker(header(messageTime(), cs, id), snapshot, values, next, tick, phase);
    }

    private MarketEvent funding() {
        double rate = required("fundingRate", -1);
        long time = fundingTime("fundingRateTimestamp");
        long next = fundingTime("nextFundingTime");
        String id = EventIds.funding(messageTime(), rate, time, next);
        return new Funding(header(messageTime(), 0, id), rate, time, next);
    }

    private EventHeader header(long time, long sequence, String id) {
        for (long micros : new long[] {messageTime(), time}) {
            inYears(micros);
            require(micros - 10_000_000 <= ingested);
        }
        String shortSymbol = symbol(text(payload.get("s"), Integer.MAX_VALUE));
        String longSymbol = symbol(text(payload.get("symbol"), Integer.MAX_VALUE));
        String symbol = shortSymbol != null ? shortSymbol : longSymbol;
        if (symbol == null) {
            symbol = symbol(topic().substring(topic().lastIndexOf('.') + 1));
        }
        require(symbol != null);
        return new EventHeader(
                symbol,
                time,
                messageTime(),
                iso(envelope.get("received_at")),
                ingested,
                sequence,
                id,
                label("event_id"),
                label("trace_id"));
    }

    private static @Nullable String symbol(@Nullable String text) {
        require(text == null || text.matches("[A-Z0-9][A-Z0-9_-]{1,39}"));
        return text;
    }

    private String topic() {
        String topic = text(envelope.get("topic"), 256);
        return topic == null ? "" : topic;
    }

    private @Nullable String label(String name) {
        String label = text(envelope.get(name), Integer.MAX_VALUE);
        boolean fit = label != null && label.length() <= 128;
        return fit && label.chars().noneMatch(Character::isISOControl) ? label : null;
    }

    private static @Nullable String text(@Nullable JsonNode node, int longest) {
        if (node == null || node.isNull()) {
            return null;
        }
        require(node.isTextual());
        String text = node.textValue();
        require(StandardCharsets.UTF_8.newEncoder().canEncode(text) && text.length() <= longest);
        return text.isEmpty() ? null : text;
    }

    private @Nullable String id(String name, int longest) {
        JsonNode node = payload.get(name);
        String text = node != null && isWhole(node) ? node.asText() : text(node, longest);
        require(text == null || text.matches("[ -~]{1," + longest + "}"));
        return text;
    }

    private @Nullable Boolean flag(String name) {
        JsonNode node = payload.get(name);
        require(node == null || node.isNull() || node.isBoolean());
        return node == null || node.isNull() ? null : node.booleanValue();
    }

    private double required(String name, int least) {
        double value = number(payload.get(name), least);
        require(!Double.isNaN(value));
        return value;
    }

    /** The number, of that sign or above (1 above zero, 0 not below, -1 any); NaN where absent. */
    private static double number(@Nullable JsonNode node, int least) {
        if (node == null || node.isNull() || (node.isTextual() && node.textValue().isEmpty())) {
            return Double.NaN;
        }
        require(node.isTextual() || node.isPojo());
        String text = node.asText();
        require(text.length() <= 64 && text.matches(NUMBER));
        BigDecimal exact = decimal(text);
        require(least < 0 || (!text.startsWith("-") && exact.signum() >= least));
        BigDecimal magnitude = exact.abs();
        require(
                exact.signum() == 0
                        || (magnitude.compareTo(SMALLEST) >= 0
                                && magnitude.compareTo(LARGEST) <= 0));
        return Double.parseDouble(text);
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            // An exponent beyond what BigDecimal holds.
            throw new Refused();
        }
    }

    private static long whole(@Nullable JsonNode node) {
        if (node == null || node.isNull() || (node.isTextual() && node.textValue().isEmpty())) {
            return -1;
        }
        require(node.isTextual() || isWhole(node));
        String text = node.asText();
        require(text.matches("[0-9]{1,64}") && fitsLong(text));
        return Long.parseLong(text);
    }

    private static boolean fitsLong(String digits) {
        return new BigDecimal(digits).compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    private long millis(String name) {
        long millis = whole(payload.get(name));
        require(millis <= Long.MAX_VALUE / 1000);
        return millis < 0 ? UNKNOWN_TIME : millis * 1000;
    }

    private long fundingTime(String name) {
        long time = millis(name);
        return time == UNKNOWN_TIME || time == 0 ? UNKNOWN_TIME : inYears(time);
    }

    private static long present(long time) {
        require(time != UNKNOWN_TIME);
        return time;
    }

    private static long inYears(long micros) {
        require(micros >= Envelope.MIN_TIME_MICROS && micros < Envelope.MAX_TIME_MICROS);
        return micros;
    }

    private long messageTime() {
        return present(iso(envelope.get("timestamp")));
    }

    private static long iso(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return UNKNOWN_TIME;
        }
        require(node.isTextual());
        String text = node.textValue();
        require(
                text.matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)?"));
        try {
            boolean zoned = text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)$");
            OffsetDateTime time =
                    zoned
                            ? OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                            : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(), 1_000_000L),
                    time.get(ChronoField.MICRO_OF_SECOND));
        } catch (DateTimeException e) {
            throw new Refused();
        }
    }
}
