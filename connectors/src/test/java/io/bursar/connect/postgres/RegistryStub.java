package io.bursar.connect.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.bursar.schemas.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A registry that knows the schema of the journal, and nothing else. */
final class RegistryStub implements AutoCloseable {
    private final HttpServer server;
    private volatile boolean isDown;

    RegistryStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            boolean isKnown = exchange.getRequestURI().getPath().equals("/schemas/ids/" + RandomJournal.SCHEMA_ID);
            var body = JsonNodeFactory.instance.objectNode();
            if (isKnown) {
                body.put("schema", JournalEntry.getClassSchema().toString());
            } else {
                body.put("error_code", 40403).put("message", "Schema not found");
            }
            var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(isDown ? 503 : isKnown ? 200 : 404, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void setDown(boolean down) {
        isDown = down;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
