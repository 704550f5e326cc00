package io.bursar.topology;

import io.bursar.processors.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/** A record of the dead letters. */
public final class DeadLetter {
    private final byte[] key;
    private final byte[] value;
    private final Headers headers;

    DeadLetter(byte[] key, byte[] value, Headers headers) {
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    /** As received; null where there was none. */
    public byte[] key() {
        return key;
    }

    /** As received; null where there was none. */
    public byte[] value() {
        return value;
    }

    /** Why it is here. */
    public String cause() {
        return header(DeadLetters.CAUSE);
    }

    /** Where it came from, as {@code topic-partition@offset}. */
    public String origin() {
        return header(DeadLetters.ORIGIN_TOPIC) + "-" + header(DeadLetters.ORIGIN_PARTITION) + "@"
                + header(DeadLetters.ORIGIN_OFFSET);
    }

    /** A header as text; null where there is none. */
    public String header(String name) {
        var header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
