package io.bursar.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refuses a schema under a subject. The message names the subject and gives the registry's reason. */
public final class IncompatibleSchemaException extends SerializationException {
    public IncompatibleSchemaException(String message) {
        super(message);
    }
}
