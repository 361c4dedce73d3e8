package io.tidemark.features.recorded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A JSON value of a recording: maps, lists and text. */
record Json(Object value) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static Json parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return new Json(read(parser));
        }
    }

    private static Object read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                map.put(name, read(parser));
            }
            return map;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(read(parser));
            }
            return list;
        }
        return parser.getText();
    }

    boolean has(String field) {
        return value instanceof Map<?, ?> map && map.containsKey(field);
    }

    Json get(String field) {
        return new Json(
                Objects.requireNonNull(((Map<?, ?>) value).get(field), "no field " + field));
    }

    List<Json> items() {
        List<Json> items = new ArrayList<>();
        for (Object item : (List<?>) value) {
            items.add(new Json(item));
        }
        return items;
    }

    String text() {
        return (String) value;
    }

    long integer() {
        return Long.parseLong(text());
    }

    double number() {
        return Double.parseDouble(text());
    }

    /** A list of [price, size] as price, size, price, size, ... */
    double[] levels() {
        List<Json> pairs = items();
        double[] levels = new double[2 * pairs.size()];
        for (int i = 0; i < pairs.size(); i++) {
            List<Json> pair = pairs.get(i).items();
            levels[2 * i] = pair.get(0).number();
            levels[2 * i + 1] = pair.get(1).number();
        }
        return levels;
    }
}
