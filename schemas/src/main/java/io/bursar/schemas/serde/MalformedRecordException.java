package io.bursar.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A value is not what its topic promises; the message says what is wrong with it. The same bytes always fail. */
public final class MalformedRecordException extends SerializationException {
    public MalformedRecordException(String message) {
        super(message);
    }

    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
