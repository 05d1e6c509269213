package org.opensearch.interest.demo;

import java.util.Arrays;
import java.util.Iterator;

/**
 * Options of the command line.
 *
 * @param once true to stop after the demonstration instead of keeping the node running
 * @param port the HTTP port in the format of OpenSearch's setting: one port, or a range from which the first free port
 *             is used
 */
record DemoOptions(boolean once, String port) {
    private static final String FIRST_FREE = "9200-9299";
    private static final int HIGHEST_PORT = 65535;

    static DemoOptions parse(String... arguments) {
        boolean once = false;
        String port = FIRST_FREE;
        for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext();) {
            String argument = rest.next();
            switch (argument) {
                case "--once" -> once = true;
                case "--port" -> port = portOf(rest.hasNext() ? rest.next() : "");
                default -> throw new IllegalArgumentException(
                    "unknown option [" + argument + "]; the options are --once, --port <number> and --help"
                );
            }
        }
        return new DemoOptions(once, port);
    }

    private static String portOf(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) == 0 || Integer.parseInt(text) > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                "--port takes a number from 1 to " + HIGHEST_PORT + ", not [" + text + "]"
            );
        }
        return text;
    }
}
