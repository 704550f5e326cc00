package io.bursar.topology.topics;

/** The topics cannot be used, or Kafka did not let them be looked at. The message is for the operator. */
public final class TopicsException extends RuntimeException {
    TopicsException(String message) {
        super(message);
    }

    TopicsException(String message, Throwable cause) {
        super(message, cause);
    }
}
