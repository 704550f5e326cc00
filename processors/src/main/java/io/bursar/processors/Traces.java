package io.bursar.processors;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What of a record's headers goes on to what follows from it: the W3C {@code traceparent}. */
public final class Traces {
    /** Names the header that carries it. */
    public static final String HEADER = "traceparent";

    /** Twice what version 00 of the standard takes; what is longer is none, and might make a record too large to send. */
    private static final int MAX_BYTES = 110;

    private Traces() {}

    /** Those of the headers that go on. */
    public static Headers of(Headers received) {
        var headers = new RecordHeaders();
        var trace = received.lastHeader(HEADER);
        if (trace != null && trace.value() != null && trace.value().length <= MAX_BYTES) {
            headers.add(trace);
        }
        return headers;
    }
}
