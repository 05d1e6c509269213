package org.opensearch.interest.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Distribution unpacked into a temporary folder, with plugins installed as an administrator installs them. Its nodes
 * write only below {@link #folder}, which is deleted at the end.
 */
public final class Installation implements AutoCloseable {
    private final Path folder;
    private final Path home;
    private final Path jdk;
    private final Account account;
    private final List<LocalNode> nodes = new CopyOnWriteArrayList<>();
    private final Thread closeWithThisProcess;

    private Installation(Path folder, Path home, Path jdk, Account account) {
        this.folder = folder;
        this.home = home;
        this.jdk = jdk;
        this.account = account;
        closeWithThisProcess = new Thread(this::stopAndDelete, "close-" + folder.getFileName());
        Runtime.getRuntime().addShutdownHook(closeWithThisProcess);
    }

    public static Installation of(Path distributionZip, List<Path> pluginZips) throws IOException {
        return of(distributionZip, pluginZips, Account.current());
    }

    public static Installation of(Path distributionZip, List<Path> pluginZips, Account account) throws IOException {
        Path folder = account.newFolder("opensearch-interest-");
        try {
            for (String own : List.of("tmp", "user-home", "plugin-zips")) {
                Files.createDirectory(folder.resolve(own));
            }
            Path home = unzip(distributionZip, folder);
            Installation installation = new Installation(folder, home, reachableJdk(account, folder), account);
            // Copies, because the account may not be able to read the originals.
            for (Path zip : pluginZips) {
                Files.copy(zip, folder.resolve("plugin-zips").resolve(zip.getFileName()));
            }
            account.takeOver(folder);
            for (Path zip : pluginZips) {
                installation.install(folder.resolve("plugin-zips").resolve(zip.getFileName()));
            }
            return installation;
        } catch (IOException | RuntimeException e) {
            FileTrees.delete(folder);
            throw e;
        }
    }

    public Path folder() {
        return folder;
    }

    public Path home() {
        return home;
    }

    public Account account() {
        return account;
    }

    /** Returns the environment variables that keep every process of this installation inside its folder. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("OPENSEARCH_JAVA_HOME", jdk.toString());
        environment.put("OPENSEARCH_TMPDIR", folder.resolve("tmp").toString());
        environment.put("TMPDIR", folder.resolve("tmp").toString());
        environment.put("HOME", folder.resolve("user-home").toString());
        // Otherwise each Java process, including those of the start scripts, leaves a folder hsperfdata_<user> in /tmp.
        environment.put("JDK_JAVA_OPTIONS", "-XX:-UsePerfData");
        return environment;
    }

    void add(LocalNode node) {
        nodes.add(node);
    }

    /**
     * Stops the nodes and deletes the folder. A shutdown hook calls it when this process ends, for example by Ctrl-C.
     */
    @Override
    public void close() throws IOException {
        nodes.forEach(LocalNode::close);
        FileTrees.delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(closeWithThisProcess);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook runs this method, or will find nothing left to do
        }
    }

    private void stopAndDelete() {
        try {
            close();
        } catch (IOException e) {
            System.err.println("could not delete " + folder + ": " + e.getMessage());
        }
    }

    private void install(Path zip) throws IOException {
        Shell.run(
            home, environment(),
            account.run(List.of("bin/opensearch-plugin", "install", "--batch", zip.toUri().toString()))
        );
    }

    /**
     * Returns the current JDK, or a copy of it in the folder if the account cannot reach the original (as below /root).
     */
    private static Path reachableJdk(Account account, Path folder) throws IOException {
        Path jdk = Path.of(System.getProperty("java.home"));
        if (account.canReach(jdk.resolve("bin/java"))) {
            return jdk;
        }
        return FileTrees.copy(jdk, folder.resolve("jdk"));
    }

    private static Path unzip(Path zip, Path folder) throws IOException {
        Path top = null;
        try (InputStream in = Files.newInputStream(zip); ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(zip + " holds an entry outside its folder: " + entry.getName());
                }
                top = folder.resolve(folder.relativize(target).getName(0));
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
                    // java.util.zip does not know Unix permissions.
                    if (target.getParent().endsWith("bin") && !target.toFile().setExecutable(true, false)) {
                        throw new IOException("cannot make " + target + " executable");
                    }
                }
            }
        }
        if (top == null) {
            throw new IOException(zip + " is empty or no zip");
        }
        return top;
    }
}
