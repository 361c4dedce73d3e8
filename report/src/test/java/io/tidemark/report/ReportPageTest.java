package io.tidemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is in a page, and what can never be. */
class ReportPageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everythingIsInTheOneFile() throws IOException {
        String html =
                new ReportPage("a dataset", "of a day")
                        .heading("splits")
                        .table(List.of("split", "rows"), List.of(List.of("train", "7")))
                        .chart(Chart.bars("b", List.of("x"), Map.of("s", new double[] {1})))
                        .html();
        assertThat(html).contains("<h1>a dataset</h1>", "<td>train</td><td>7</td>");
        assertThat(html).contains("echarts=").hasSizeGreaterThan(900_000);
        String ours = html.replace(library(), "");
        assertThat(ours).hasSizeLessThan(10_000);
        assertThat(Pattern.compile("(src|href)=|url\\(|fetch\\(").matcher(ours).find())
                .as("anything fetched")
                .isFalse();
        assertThat(html).contains("default-src 'none'");
    }

    private static String library() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ReportPage.class.getResourceAsStream("echarts.min.js"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void textsAreNeverMarkup() {
        String evil = "</script><script>alert(1)</script>\"&";
        ReportPage page =
                new ReportPage(evil, evil)
                        .table(List.of(evil), List.of(List.of(evil)))
                        .chart(Chart.bars(evil, List.of(evil), Map.of(evil, new double[] {1})));
        assertThat(page.html())
                .doesNotContain("alert(1)</script>\"")
                .doesNotContain("<script>alert");
    }

    @Test
    void numbersThatAreNoneAreGaps() throws Exception {
        Chart chart =
                Chart.bars(
                        "b",
                        List.of("x", "y", "z"),
                        Map.of("s", new double[] {1, Double.NaN, Double.POSITIVE_INFINITY}));
        JsonNode data = JSON.readTree(chart.option()).at("/series/0/data");
        assertThat(data.toString()).isEqualTo("[1.0,null,null]");
        Chart curve =
                Chart.curves("c", "x", "y", Map.of("s", List.of(new Chart.Point(1, Double.NaN))));
        assertThat(JSON.readTree(curve.option()).at("/series/0/data").toString())
                .isEqualTo("[[1.0,null]]");
    }

    @Test
    void aCalendarHasEachYear() throws Exception {
        TreeMap<LocalDate, Double> days = new TreeMap<>();
        days.put(LocalDate.of(2025, 12, 31), 1.0);
        days.put(LocalDate.of(2026, 1, 1), 0.5);
        JsonNode option = JSON.readTree(Chart.calendar("coverage", days).option());
        assertThat(option.get("calendar")).hasSize(2);
        assertThat(option.at("/series/0/data").toString()).isEqualTo("[[\"2025-12-31\",1.0]]");
        assertThat(option.at("/series/1/data").toString()).isEqualTo("[[\"2026-01-01\",0.5]]");
    }
}
