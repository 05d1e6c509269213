package org.opensearch.interest.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runner of short commands, with a time limit; returns their output. */
public final class Shell {
    private static final int MINUTES = 3;

    private Shell() {}

    public static String run(Path folder, List<String> command) throws IOException {
        return run(folder, Map.of(), command);
    }

    /**
     * @return the output of the command
     * @throws IOException with that output, if the command failed or ran longer than three minutes
     */
    public static String run(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Path output = Files.createTempFile("command", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                String end = ended ? "exit " + process.exitValue() : "no end after " + MINUTES + " minutes";
                throw new IOException(end + " of " + command + "\n" + text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
