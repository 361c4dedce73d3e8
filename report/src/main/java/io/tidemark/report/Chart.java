package io.tidemark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A picture of a page. NaN and infinite numbers are gaps.
 *
 * @param title above it; plain text
 * @param isWide whether it takes the whole width of the page
 * @param option what ECharts is given: {@code setOption}'s argument, as JSON
 */
public record Chart(String title, boolean isWide, String option) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A point of a curve. */
    public record Point(double x, double y) {}

    /**
     * Bars side by side.
     *
     * @param categories below the axis
     * @param series by name, in their order; each of as many numbers as there are categories
     */
    public static Chart bars(String title, List<String> categories, Map<String, double[]> series) {
        ObjectNode option = withAxes(series.size());
        option.withObject("/grid").put("left", 16).put("bottom", 12).put("containLabel", true);
        ObjectNode axis = option.putObject("xAxis").put("type", "category");
        categories.forEach(axis.putArray("data")::add);
        option.putObject("yAxis").put("type", "value");
        ArrayNode all = option.putArray("series");
        series.forEach(
                (name, values) -> {
                    ArrayNode data =
                            all.addObject().put("type", "bar").put("name", name).putArray("data");
                    for (double value : values) {
                        add(data, value);
                    }
                });
        return new Chart(title, false, option.toString());
    }

    /** Curves over one axis of numbers, by name, in their order. */
    public static Chart curves(
            String title, String xName, String yName, Map<String, List<Point>> series) {
        ObjectNode option = withAxes(series.size());
        axis(option, "xAxis", xName);
        axis(option, "yAxis", yName);
        ArrayNode all = option.putArray("series");
        series.forEach(
                (name, points) -> {
                    ArrayNode data =
                            all.addObject()
                                    .put("type", "line")
                                    .put("showSymbol", false)
                                    .put("name", name)
                                    .putArray("data");
                    for (Point point : points) {
                        ArrayNode pair = data.addArray();
                        add(pair, point.x());
                        add(pair, point.y());
                    }
                });
        return new Chart(title, false, option.toString());
    }

    /**
     * Shares of days, 0 to 1, each year a calendar of weeks.
     *
     * @param shares by day of UTC; at least one
     */
    public static Chart calendar(String title, SortedMap<LocalDate, Double> shares) {
        int first = shares.firstKey().getYear();
        int last = shares.lastKey().getYear();
        ObjectNode option = JSON.createObjectNode();
        option.putObject("tooltip");
        ObjectNode scale = option.putObject("visualMap");
        scale.put("min", 0).put("max", 1).put("orient", "horizontal").put("left", "center");
        scale.put("bottom", 0).put("calculable", true);
        scale.putObject("inRange").putArray("color").add("#f3e3e3").add("#b7d3c6").add("#1d7a55");
        ArrayNode calendars = option.putArray("calendar");
        ArrayNode series = option.putArray("series");
        for (int year = first; year <= last; year++) {
            ObjectNode calendar = calendars.addObject();
            calendar.put("range", Integer.toString(year)).put("left", 60).put("right", 20);
            calendar.put("top", 40 + 170 * (year - first)).put("height", 120);
            calendar.putObject("dayLabel").put("firstDay", 1);
            ObjectNode days = series.addObject();
            days.put("type", "heatmap").put("coordinateSystem", "calendar");
            days.put("calendarIndex", year - first);
            ArrayNode data = days.putArray("data");
            shares.subMap(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1))
                    .forEach(
                            (day, share) -> {
                                ArrayNode pair = data.addArray().add(day.toString());
                                add(pair, share);
                            });
        }
        return new Chart(title, true, option.toString());
    }

    private static ObjectNode withAxes(int series) {
        ObjectNode option = JSON.createObjectNode();
        option.put("animation", false);
        option.putObject("tooltip").put("trigger", "axis");
        option.putObject("grid")
                .put("left", 70)
                .put("right", 24)
                .put("top", series > 1 ? 36 : 16)
                .put("bottom", 40);
        if (series > 1) {
            option.putObject("legend").put("top", 0);
        }
        return option;
    }

    private static void axis(ObjectNode option, String which, String name) {
        option.putObject(which)
                .put("type", "value")
                .put("scale", true)
                .put("name", name)
                .put("nameLocation", "middle")
                .put("nameGap", which.equals("yAxis") ? 48 : 26);
    }

    private static void add(ArrayNode data, double value) {
        if (Double.isFinite(value)) {
            data.add(value);
        } else {
            data.addNull();
        }
    }
}
