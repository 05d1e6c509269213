package org.opensearch.interest.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TCP connections of this machine, as the kernel reports them. */
final class TcpConnections {
    private static final int REMOTE = 2;
    private static final int OWNER = 7;

    private TcpConnections() {}

    /**
     * Returns the remote addresses, in the kernel's hexadecimal form, of the user's sockets that reach beyond this
     * machine.
     */
    static List<String> outside(int uid) throws IOException {
        List<String> remote = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.exists(Path.of(table)) ? Files.readAllLines(Path.of(table)) : List.<String>of()) {
                String[] fields = line.trim().split("\\s+", 0);
                if (fields.length > OWNER && fields[OWNER].equals("" + uid) && !isLocal(fields[REMOTE])) {
                    remote.add(fields[REMOTE]);
                }
            }
        }
        return remote;
    }

    /** True for unconnected sockets, 127.0.0.0/8 (in reversed byte order), ::1, and 127.0.0.0/8 mapped into IPv6. */
    private static boolean isLocal(String end) {
        String address = end.substring(0, end.indexOf(':'));
        return address.matches("0+") || address.matches("(0{16}0000FFFF|0{16}FFFF0000)?[0-9A-F]{6}7F")
            || address.equals("00000000000000000000000001000000");
    }
}
