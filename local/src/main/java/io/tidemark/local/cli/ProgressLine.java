package io.tidemark.local.cli;

import io.tidemark.local.publish.Publication.Progress;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The progress of something long: one line redrawn on a terminal, a line every few seconds
 * elsewhere.
 */
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
        show(progress.fractionRead(), progress.seconds(), text(progress));
    }

    /** Shows so much of the bar, and the text beside it. */
    void show(double fraction, double seconds, String text) {
        if (live) {
            out.print("\r\u001b[2K" + bar(fraction) + " " + text);
            out.flush();
            return;
        }
        if (seconds >= nextPlain) {
            nextPlain = seconds + PLAIN_SECONDS;
            out.println(text);
        }
    }

    /** Shows a piece of work of which only the share that is done is known. */
    void work(double fraction, double seconds, String doing) {
        String left = fraction < 1 ? left(fraction, seconds) : "";
        show(
                fraction,
                seconds,
                String.format(Locale.ROOT, "%3.0f %%, %s%s", 100 * fraction, doing, left));
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
        String left = progress.ended() ? "" : left(fraction, progress.seconds());
        return String.format(
                Locale.ROOT,
                "%3.0f %%, %,d confirmed, %,.0f/s%s%s",
                100 * fraction,
                progress.confirmed(),
                rate,
                left,
                progress.waiting() ? ", waits for consumers" : "");
    }

    /** What is left, at the pace so far; empty while that says nothing. */
    static String left(double fraction, double seconds) {
        return fraction > 0.01 ? ", " + time(seconds * (1 - fraction) / fraction) + " left" : "";
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
