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
 * User account that a node runs under. OpenSearch refuses to run as root, so root's nodes get an unused numeric id. The
 * id needs no account, and identifies all files that the node writes by their owner.
 *
 * @param uid the id to change to; {@link #UNCHANGED} if the node runs as the current user
 */
public record Account(int uid) {
    private static final int UNCHANGED = -1;
    /**
     * Lower bound: above the ids that distributions assign to users and services. Both bounds are below the 65536 ids
     * that a container usually maps.
     */
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

    /** Returns the command that runs the given one under this account. */
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

    /** Makes this account the owner of the folder and of everything in it. */
    void takeOver(Path folder) throws IOException {
        if (isChanged()) {
            String owner = isInstalled("setpriv") ? uid + ":" + uid : "nobody";
            Shell.run(folder, List.of("chown", "-R", owner, folder.toString()));
        }
    }

    /** True if this account can reach and read the path. */
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

    /** Creates a folder for temporary files that this account can reach. */
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
