package io.bursar.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/** Addresses and ports on this machine's loopback interface, the only one the stack listens on. */
final class Loopback {
    static final String HOST = "127.0.0.1";
    private static final int HIGHEST_PORT = 65_535;

    private Loopback() {}

    static URI http(int port, String path) {
        return URI.create("http://" + HOST + ":" + port + path);
    }

    static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    /** Why nothing can listen on the port; empty when something can. */
    static Optional<String> refusal(int port) {
        if (port < 1 || port > HIGHEST_PORT) {
            return Optional.of("is not between 1 and " + HIGHEST_PORT);
        }
        try (var socket = new ServerSocket()) {
            // A port whose last connections linger in TIME_WAIT is free for a server.
            socket.setReuseAddress(true);
            socket.bind(address(port));
            return Optional.empty();
        } catch (IOException e) {
            var inUse = e.getMessage() != null && e.getMessage().contains("in use");
            return Optional.of(inUse ? "is in use by another program" : "cannot be opened (" + e.getMessage() + ")");
        }
    }

    /** The first free port above {@code port} that is not among {@code taken}. */
    static int freeAbove(int port, Set<Integer> taken) {
        for (var candidate = port + 1; candidate <= HIGHEST_PORT; candidate++) {
            if (!taken.contains(candidate) && refusal(candidate).isEmpty()) {
                return candidate;
            }
        }
        throw new StackException("No port above " + port + " is free.");
    }
}
