package io.tidemark.local.demo;

import java.io.PrintStream;
import java.util.List;

/** Where the demo talks: a terminal, on which a block of lines is redrawn in place, or a file. */
public final class Screen {
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintStream out;
    private final boolean live;
    private int drawn;

    /**
     * @param live whether the stream is a terminal
     */
    public Screen(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** Whether blocks are redrawn in place. */
    public boolean isLive() {
        return live;
    }

    /** A line that stays. */
    public void say(String line) {
        drawn = 0;
        out.println(line);
        out.flush();
    }

    /** A block that replaces the block before it, when nothing was said since and it is live. */
    public void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (live && drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        for (String line : lines) {
            text.append(live ? "\r" + CLEAR_LINE : "").append(line).append(System.lineSeparator());
        }
        // A shorter block leaves no rest of a longer one.
        for (int i = lines.size(); live && i < drawn; i++) {
            text.append(CLEAR_LINE).append(System.lineSeparator());
        }
        drawn = Math.max(lines.size(), live ? drawn : 0);
        out.print(text);
        out.flush();
    }
}
