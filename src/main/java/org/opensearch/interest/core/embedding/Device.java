package org.opensearch.interest.core.embedding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Device that models run on.
 *
 * @param name   as it was written: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param number of the graphics card; −1 where none shall be used
 * @param must   whether a model that cannot run there shall not run at all
 */
public record Device(String name, int number, boolean must) {
    public static final Device CPU = new Device("cpu", -1, true);
    private static final Pattern CARD = Pattern.compile("cuda(?::([0-9]{1,2}))?");

    /** @throws IllegalArgumentException for anything else */
    public static Device parse(String name) {
        if (name.equals("auto")) {
            return new Device(name, 0, false);
        }
        if (name.equals("cpu")) {
            return CPU;
        }
        Matcher card = CARD.matcher(name);
        if (card.matches() == false) {
            throw new IllegalArgumentException(
                "[interest] [plugins.interest.inference.device] must be one of [auto, cpu, cuda, cuda:N], N being the card's number, "
                    + "but was [" + name + "]"
            );
        }
        return new Device(name, card.group(1) == null ? 0 : Integer.parseInt(card.group(1)), true);
    }

    /** Whether a graphics card is to be tried. */
    public boolean card() {
        return number >= 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
