package io.bursar.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks a component whether it can serve. Broker, PostgreSQL and Redis are asked over their own wire protocols, which takes
 * a millisecond where a client library takes a second of start-up and memory; the others over HTTP.
 */
final class Health {
    private static final String KAFKA_SCHEME = "kafka";
    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(2).toMillis();

    private static final short METADATA_REQUEST = 3;
    private static final short METADATA_VERSION = 1;
    private static final int CORRELATION_ID = 1;

    private static final String POSTGRES_SCHEME = "postgres";
    private static final int POSTGRES_PROTOCOL = 3 << 16;
    private static final char POSTGRES_ASKS_FOR_AUTHENTICATION = 'R';

    private static final String CONNECT_SCHEME = "connect";
    private static final String RUNNING = "RUNNING";
    private static final String CAUSED_BY = "Caused by: ";

    private static final String REDIS_SCHEME = "redis";
    private static final String REDIS_PONG = "+PONG";

    private Health() {}

    /** Where {@link #problem} asks a broker. */
    static URI ofBroker(int port) {
        return URI.create(KAFKA_SCHEME + "://" + Loopback.HOST + ":" + port);
    }

    /** Where {@link #problem} asks a PostgreSQL server. */
    static URI ofPostgres(int port) {
        return URI.create(POSTGRES_SCHEME + "://" + Loopback.HOST + ":" + port);
    }

    /** Where {@link #problem} asks a Redis server. */
    static URI ofRedis(int port) {
        return URI.create(REDIS_SCHEME + "://" + Loopback.HOST + ":" + port);
    }

    /** Where {@link #problem} asks a worker of Kafka Connect for the state of its connectors. */
    static URI ofConnect(int port) {
        return URI.create(CONNECT_SCHEME + "://" + Loopback.HOST + ":" + port);
    }

    /** Why the component cannot serve; empty when it can. */
    static Optional<String> problem(URI component) {
        try {
            return switch (component.getScheme()) {
                case KAFKA_SCHEME -> brokerProblem(component);
                case POSTGRES_SCHEME -> postgresProblem(component);
                case REDIS_SCHEME -> redisProblem(component);
                case CONNECT_SCHEME -> connectProblem(component);
                default -> httpProblem(component);
            };
        } catch (IOException e) {
            return Optional.of("no answer at " + component + " (" + e.getMessage() + ")");
        }
    }

    private static Optional<String> httpProblem(URI component) throws IOException {
        var connection = open(component);
        try {
            var status = connection.getResponseCode();
            return status == HttpURLConnection.HTTP_OK
                    ? Optional.empty()
                    : Optional.of(component + " answers " + status);
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection open(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        return connection;
    }

    /** A server that is still recovering refuses sessions with an error where it would ask who one is. */
    private static Optional<String> postgresProblem(URI server) throws IOException {
        try (var socket = connect(server)) {
            var out = new DataOutputStream(socket.getOutputStream());
            var parameters = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
            out.writeInt(2 * Integer.BYTES + parameters.length);
            out.writeInt(POSTGRES_PROTOCOL);
            out.write(parameters);
            out.flush();
            var answer = new DataInputStream(socket.getInputStream()).readByte();
            return answer == POSTGRES_ASKS_FOR_AUTHENTICATION
                    ? Optional.empty()
                    : Optional.of("the server at " + server + " takes no sessions");
        }
    }

    /** All connectors and at least one task of each have to run, and no task may have failed. */
    private static Optional<String> connectProblem(URI worker) throws IOException {
        var connection = open(Loopback.http(worker.getPort(), "/connectors?expand=status"));
        try (var body = connection.getInputStream()) {
            var connectors = Json.tree(body);
            if (connectors.isEmpty()) {
                return Optional.of("no connector has been made yet");
            }
            return connectors.properties().stream()
                    .flatMap(connector -> connectorProblem(
                            connector.getKey(), connector.getValue().path("status")))
                    .findFirst();
        } finally {
            connection.disconnect();
        }
    }

    private static Stream<String> connectorProblem(String name, JsonNode status) {
        var tasks = status.path("tasks");
        return Stream.concat(Stream.of(status.path("connector")), tasks.valueStream())
                .filter(part -> !RUNNING.equals(part.path("state").asText()))
                .map(part -> name + " is " + part.path("state").asText().toLowerCase(Locale.ROOT)
                        + causeOf(part.path("trace").asText()))
                .findFirst()
                .or(() -> tasks.isEmpty() ? Optional.of(name + " has no task yet") : Optional.empty())
                .stream();
    }

    /** The last cause in a stack trace says what is wrong, without where. */
    private static String causeOf(String trace) {
        var causes = trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .map(line -> line.substring(CAUSED_BY.length()))
                .toList();
        var first = trace.lines().findFirst().orElse("");
        var cause = causes.isEmpty() ? first : causes.getLast();
        return cause.isEmpty() ? "" : ": " + cause;
    }

    private static Optional<String> redisProblem(URI server) throws IOException {
        try (var socket = connect(server)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var answer = in.readLine();
            return REDIS_PONG.equals(answer)
                    ? Optional.empty()
                    : Optional.of("the server at " + server + " answers " + answer);
        }
    }

    private static Socket connect(URI server) throws IOException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(Loopback.address(server.getPort()), TIMEOUT_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A broker serves once it is registered and unfenced, and only then it lists itself in the cluster's metadata. */
    private static Optional<String> brokerProblem(URI broker) throws IOException {
        try (var socket = connect(broker)) {
            writeMetadataRequest(new DataOutputStream(socket.getOutputStream()));
            var in = new DataInputStream(socket.getInputStream());
            var responseBytes = in.readInt();
            var correlationId = in.readInt();
            if (responseBytes < 2 * Integer.BYTES || correlationId != CORRELATION_ID) {
                return Optional.of("what answers at " + broker + " is not a Kafka broker");
            }
            return in.readInt() > 0 ? Optional.empty() : Optional.of("the broker has not joined its cluster yet");
        }
    }

    private static void writeMetadataRequest(DataOutputStream out) throws IOException {
        var clientId = "bursar-health".getBytes(StandardCharsets.UTF_8);
        var noTopics = 0;
        out.writeInt(2 * Short.BYTES + Integer.BYTES + Short.BYTES + clientId.length + Integer.BYTES);
        out.writeShort(METADATA_REQUEST);
        out.writeShort(METADATA_VERSION);
        out.writeInt(CORRELATION_ID);
        out.writeShort(clientId.length);
        out.write(clientId);
        out.writeInt(noTopics);
        out.flush();
    }
}
