package io.bursar.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry answered, and it has no such Avro schema. Asking again soon will not help: a record that names this id
 * is bad input, not a sign of an outage.
 */
public final class UnknownSchemaException extends SerializationException {
    public UnknownSchemaException(String message) {
        super(message);
    }
}
