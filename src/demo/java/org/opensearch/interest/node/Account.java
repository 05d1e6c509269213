package org.opensearch.interest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Under whom a node runs. OpenSearch refuses to run as root, so root's nodes get a numeric id that nobody else has: no
 * account needs to exist for it, and whatever the node writes anywhere can be found by its owner.
 *
 * @param uid the id to change to; {@link #UNCHANGED} where the node runs as whoever started it
 */
public record Account(int uid) {
    private static final int UNCHANGED = -1;
    /** Above the ids that distributions give to people and services, below the 65536 that a container usually maps. */
    private static final int LOWEST = 41_000;
    private static final int HIGHEST = 59_000;

    public static Account current() {
        return isRoot() ? new Account(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST)) : new Account(UNCHANGED);
    }

    public static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException noProcFileSystem) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    public boolean isChanged() {
        return uid != UNCHANGED;
    }

    /** The command as this account would run it. */
    public List<String> run(List<String> command) {
        if (!isChanged()) {
            return command;
        }
        List<String> wrapped = new ArrayList<>();
        if (isInstalled("setpriv")) {
            wrapped.addAll(List.of("setpriv", "--reuid", "" + uid, "--regid", "" + uid, "--clear-groups", "--"));
            wrapped.addAll(command);
        } else if (isInstalled("runuser")) {
            wrapped.addAll(List.of("runuser", "-u", "nobody", "--"));
            wrapped.addAll(command);
        } else {
            String quoted = String.join(" ", command.stream().map(Account::quoted).toList());
            wrapped.addAll(List.of("su", "-s", "/bin/sh", "nobody", "-c", "exec " + quoted));
        }
        return wrapped;
    }

    /** Makes the folder, and all in it, this account's. */
    void takeOver(Path folder) throws IOException {
        if (isChanged()) {
            String owner = isInstalled("setpriv") ? uid + ":" + uid : "nobody";
            Shell.run(folder, List.of("chown", "-R", owner, folder.toString()));
        }
    }

    /** Whether this account can walk down to the path and read it. */
    boolean canReach(Path path) throws IOException {
        if (!isChanged()) {
            return Files.isReadable(path);
        }
        for (Path step = path.toRealPath(); step != null; step = step.getParent()) {
            if (!Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    /** A folder for temporary files that this account can reach. */
    Path newFolder(String prefix) throws IOException {
        for (Path parent : List
            .of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/tmp"), Path.of("/var/tmp"))) {
            if (Files.isWritable(parent) && canReach(parent)) {
                return Files.createTempDirectory(parent, prefix).toRealPath();
            }
        }
        throw new IOException("no folder for temporary files that user id " + uid + " can reach; set -Djava.io.tmpdir");
    }

    private static boolean isInstalled(String program) {
        return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
