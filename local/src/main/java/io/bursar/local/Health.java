package io.bursar.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a component whether it can serve. A broker is asked over Kafka's wire protocol, which takes a millisecond where
 * an admin client takes a second of start-up and 30 MB; the others over HTTP.
 */
final class Health {
    private static final String KAFKA_SCHEME = "kafka";
    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(2).toMillis();

    private static final short METADATA_REQUEST = 3;
    private static final short METADATA_VERSION = 1;
    private static final int CORRELATION_ID = 1;

    private Health() {}

    /** Where {@link #problem} asks a broker. */
    static URI ofBroker(int port) {
        return URI.create(KAFKA_SCHEME + "://" + Loopback.HOST + ":" + port);
    }

    /** Why the component cannot serve; empty when it can. */
    static Optional<String> problem(URI component) {
        try {
            return component.getScheme().equals(KAFKA_SCHEME) ? brokerProblem(component) : httpProblem(component);
        } catch (IOException e) {
            return Optional.of("no answer at " + component + " (" + e.getMessage() + ")");
        }
    }

    private static Optional<String> httpProblem(URI component) throws IOException {
        var connection = (HttpURLConnection) component.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        try {
            var status = connection.getResponseCode();
            return status == HttpURLConnection.HTTP_OK
                    ? Optional.empty()
                    : Optional.of(component + " answers " + status);
        } finally {
            connection.disconnect();
        }
    }

    /** A broker serves once it is registered and unfenced, and only then it lists itself in the cluster's metadata. */
    private static Optional<String> brokerProblem(URI broker) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(Loopback.address(broker.getPort()), TIMEOUT_MS);
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
