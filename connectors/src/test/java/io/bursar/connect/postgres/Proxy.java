package io.bursar.connect.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and the server, and cuts the connection when a transaction is about to be committed. */
final class Proxy implements AutoCloseable {
    /** Where to cut, once. */
    enum Cut {
        NOWHERE,
        BEFORE_THE_COMMIT,
        BEFORE_ITS_ANSWER
    }

    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NOWHERE);

    Proxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cut(Cut where) {
        cut.set(where);
    }

    /** Whether it was cut where it was to be. */
    boolean hasCut() {
        return cut.get() == Cut.NOWHERE;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            var client = listener.accept();
            var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            daemon(() -> toServer(client, server));
            daemon(() -> toClient(server, client));
        }
    }

    private void toServer(Socket client, Socket server) throws IOException {
        try (client;
                server) {
            var buffer = new byte[1 << 16];
            for (int count = read(client.getInputStream(), buffer);
                    count > 0;
                    count = read(client.getInputStream(), buffer)) {
                boolean isCommit = new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT");
                if (isCommit && cut.compareAndSet(Cut.BEFORE_THE_COMMIT, Cut.NOWHERE)) {
                    return;
                }
                server.getOutputStream().write(buffer, 0, count);
            }
        }
    }

    private void toClient(Socket server, Socket client) throws IOException {
        try (client;
                server) {
            var buffer = new byte[1 << 16];
            for (int count = read(server.getInputStream(), buffer);
                    count > 0;
                    count = read(server.getInputStream(), buffer)) {
                // The server says so when it has committed.
                boolean isAnswer = new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT");
                if (isAnswer && cut.compareAndSet(Cut.BEFORE_ITS_ANSWER, Cut.NOWHERE)) {
                    return;
                }
                client.getOutputStream().write(buffer, 0, count);
            }
        }
    }

    private static int read(InputStream from, byte[] buffer) throws IOException {
        return from.read(buffer);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // One of both sides has gone, which is what this is for.
            }
        });
    }
}
