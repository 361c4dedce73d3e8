package io.tidemark.local.cli;

import io.tidemark.local.publish.Publication.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** A publication's progress: one line redrawn on a terminal, a line every few seconds elsewhere. */
final class ProgressLine {
    private static final int BAR = 30;
    private static final double PLAIN_SECONDS = 5;

    private final PrintStream out;
    private final boolean live;
    private double nextPlain = PLAIN_SECONDS;

    ProgressLine(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void show(Progress progress) {
        if (live) {
            out.print("\r\u001b[2K" + bar(progress.fractionRead()) + " " + text(progress));
            out.flush();
            return;
        }
        if (progress.seconds() >= nextPlain) {
            nextPlain = progress.seconds() + PLAIN_SECONDS;
            out.println(text(progress));
        }
    }

    /** Leaves the redrawn line standing. */
    void end() {
        if (live) {
            out.println();
        }
    }

    private static String bar(double fraction) {
        int done = (int) Math.round(BAR * Math.min(1, fraction));
        return "[" + "#".repeat(done) + ".".repeat(BAR - done) + "]";
    }

    static String text(Progress progress) {
        double fraction = progress.fractionRead();
        double rate = progress.confirmed() / Math.max(0.001, progress.seconds());
        String left =
                fraction > 0.01 && !progress.ended()
                        ? ", " + time(progress.seconds() * (1 - fraction) / fraction) + " left"
                        : "";
        return String.format(
                Locale.ROOT,
                "%3.0f %%, %,d confirmed, %,.0f/s%s%s",
                100 * fraction,
                progress.confirmed(),
                rate,
                left,
                progress.waiting() ? ", waits for consumers" : "");
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
