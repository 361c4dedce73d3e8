package io.tidemark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A page of texts, tables and charts, from top to bottom. Asks for nothing from a network: ECharts
 * is in it, and a policy in its head forbids any connection. All texts are plain: what looks like
 * markup is shown as it stands. Not for several threads.
 */
public final class ReportPage {
    private static final String STYLE =
            """
            body{font:15px/1.5 system-ui,sans-serif;color:#1c2430;background:#fafaf8;margin:0 auto;max-width:1180px;padding:24px}
            h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px;border-bottom:1px solid #d8dbe0}
            table{border-collapse:collapse;margin:8px 0;font-variant-numeric:tabular-nums}
            th,td{text-align:left;padding:3px 14px 3px 0;border-bottom:1px solid #e6e8eb;vertical-align:top}
            .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(360px,1fr));gap:16px}
            figure{margin:0;background:#fff;border:1px solid #e6e8eb;border-radius:6px;padding:8px}
            figure.wide{grid-column:1/-1}figcaption{font-weight:600;font-size:13px}
            figure div{height:220px}figure.wide div{height:260px}
            """;

    /**
     * A chart is drawn when it comes into sight: a page may have hundreds. Numbers of axes are
     * short, and names of categories are all there.
     */
    private static final String SCRIPT =
            """
            const short=v=>v!==0&&(Math.abs(v)<1e-3||Math.abs(v)>=1e7)?v.toExponential(1):''+Number(v.toPrecision(6));
            function readable(option){for(const axis of [option.xAxis,option.yAxis])if(axis)axis.axisLabel=axis.type==='value'\
            ?{formatter:short,hideOverlap:true}:{interval:0,rotate:axis.data.length>6?40:0};return option}
            const seen=new IntersectionObserver(all=>{for(const one of all)if(one.isIntersecting){seen.unobserve(one.target);\
            const drawn=echarts.init(one.target);drawn.setOption(readable(JSON.parse(one.target.nextElementSibling.textContent)));\
            addEventListener('resize',()=>drawn.resize())}},{rootMargin:'300px'});
            for(const one of document.querySelectorAll('figure div'))seen.observe(one);
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;
    private boolean inCharts;

    /** A page with a title and a line below it. */
    public ReportPage(String title, String line) {
        this.title = title;
        body.append("<h1>").append(escaped(title)).append("</h1>\n");
        paragraph(line);
    }

    /** Begins a part. */
    public ReportPage heading(String text) {
        endCharts();
        body.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    /** A paragraph. */
    public ReportPage paragraph(String text) {
        endCharts();
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** A table. */
    public ReportPage table(List<String> header, List<List<String>> rows) {
        endCharts();
        body.append("<table>");
        row("th", header);
        rows.forEach(row -> row("td", row));
        body.append("</table>\n");
        return this;
    }

    private void row(String cell, List<String> texts) {
        body.append("<tr>");
        for (String text : texts) {
            body.append('<').append(cell).append('>').append(escaped(text));
            body.append("</").append(cell).append('>');
        }
        body.append("</tr>");
    }

    /** A chart; those one after the other stand side by side where there is room. */
    public ReportPage chart(Chart chart) {
        if (!inCharts) {
            body.append("<div class=\"charts\">\n");
            inCharts = true;
        }
        body.append(chart.isWide() ? "<figure class=\"wide\">" : "<figure>")
                .append("<figcaption>")
                .append(escaped(chart.title()))
                .append("</figcaption><div></div><script type=\"application/json\">")
                // Nothing in a JSON text can then end the element it is in.
                .append(chart.option().replace("<", "\\u003c"))
                .append("</script></figure>\n");
        return this;
    }

    private void endCharts() {
        if (inCharts) {
            body.append("</div>\n");
            inCharts = false;
        }
    }

    /** The page so far, whole. */
    public String html() {
        endCharts();
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
                + escaped(title)
                + "</title><style>"
                + STYLE
                + "</style></head>\n<body>\n"
                + body
                + "<script>"
                + echarts()
                + "</script><script>"
                + SCRIPT
                + "</script></body></html>\n";
    }

    private static String echarts() {
        try (InputStream file = ReportPage.class.getResourceAsStream("echarts.min.js")) {
            return new String(
                    Objects.requireNonNull(file, "echarts.min.js is not on the class path")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
