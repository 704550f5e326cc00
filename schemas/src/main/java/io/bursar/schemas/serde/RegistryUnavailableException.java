package io.bursar.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * No registry gave a usable answer: unreachable, failing, too slow, or refusing the credentials. Nothing is known about
 * the schema, so the record at hand must wait; the same call may succeed later. The message names every address that
 * was asked and what it did.
 */
public final class RegistryUnavailableException extends SerializationException {
    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
