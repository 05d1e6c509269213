package org.opensearch.interest.integration;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** Name server on its own loopback address that resolves no name and records the names it was asked for (RFC 1035). */
final class RecordingDnsServer implements AutoCloseable {
    private static final int DNS_PORT = 53;
    private static final int HEADER = 12;
    private static final int LARGEST_QUESTION = 512;
    private static final byte ANSWER_RECURSION_DESIRED = (byte) 0x81;
    private static final byte RECURSION_AVAILABLE_NO_SUCH_NAME = (byte) 0x83;

    private final DatagramSocket socket;
    private final List<String> questions = new CopyOnWriteArrayList<>();

    RecordingDnsServer() throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] address = { 127, (byte) random.nextInt(1, 255), (byte) random.nextInt(1, 255),
            (byte) random.nextInt(1, 255) };
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(address), DNS_PORT));
        Thread thread = new Thread(this::serve, "recording-resolver");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return socket.getLocalAddress().getHostAddress();
    }

    /** Returns the names asked for, unchanged. */
    List<String> questions() {
        return List.copyOf(questions);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_QUESTION], LARGEST_QUESTION);
        while (!socket.isClosed()) {
            try {
                packet.setLength(LARGEST_QUESTION);
                socket.receive(packet);
                byte[] message = packet.getData();
                questions.add(name(message, packet.getLength()));
                message[2] = ANSWER_RECURSION_DESIRED;
                message[3] = RECURSION_AVAILABLE_NO_SUCH_NAME;
                socket.send(packet);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    questions.add("unreadable: " + e.getMessage());
                }
            }
        }
    }

    /** Reads the question's labels, each after its length, up to the empty one. */
    private static String name(byte[] message, int length) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (at < length && message[at] > 0 && at + message[at] < length) {
            name.append(name.isEmpty() ? "" : ".")
                .append(new String(message, at + 1, message[at], StandardCharsets.US_ASCII));
            at += 1 + message[at];
        }
        return name.toString();
    }
}
