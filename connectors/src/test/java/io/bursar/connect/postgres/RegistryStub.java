package io.bursar.connect.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.TokenRefresh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry that knows the schemas of what the sinks write, and nothing else. */
final class RegistryStub implements AutoCloseable {
    private static final Map<String, Schema> SCHEMAS = Map.of(
            "" + RandomJournal.SCHEMA_ID, JournalEntry.getClassSchema(),
            "" + DeskTopics.AUDIT_ID, AuditEvent.getClassSchema(),
            "" + DeskTopics.ACCOUNT_ID, BrokerAccount.getClassSchema(),
            "" + DeskTopics.REFRESH_ID, TokenRefresh.getClassSchema());

    private final HttpServer server;
    private volatile boolean isDown;

    RegistryStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var schema = SCHEMAS.get(path.substring(path.lastIndexOf('/') + 1));
            boolean isKnown = schema != null && path.startsWith("/schemas/ids/");
            var body = JsonNodeFactory.instance.objectNode();
            if (isKnown) {
                body.put("schema", schema.toString());
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
