package org.opensearch.interest.evaluate;

import java.io.PrintStream;

/**
 * Shows the progress of a step: on a terminal one line that is overwritten, elsewhere a line per quarter of the step.
 * Thread-safe.
 */
final class ProgressLine {
    private final PrintStream out;
    private final boolean terminal;
    private String step = "";
    private int shown = -1;

    ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void step(String name, int done, int of) {
        int percent = of == 0 ? 100 : (int) (100L * done / of);
        int tick = terminal ? percent : percent / 25 * 25;
        if (name.equals(step) && tick <= shown) {
            return;
        }
        step = name;
        shown = tick;
        if (terminal) {
            String bar = "█".repeat(percent / 5) + "░".repeat(20 - percent / 5);
            out.print("\r" + name + " " + bar + " " + percent + " %  " + (percent == 100 ? "\n" : ""));
            out.flush();
        } else {
            out.println(name + ": " + percent + " % of " + of);
        }
    }

    synchronized void say(String message) {
        out.println(message);
    }
}
