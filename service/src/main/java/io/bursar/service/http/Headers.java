package io.bursar.service.http;

/** The headers of commands that HTTP itself does not have. */
public final class Headers {
    /** Of a command and its answer: the id by which a repeat is recognised. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Of an answer: {@code true} when the command had been decided before. */
    public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

    /** Of a request: the caller's trace, as the W3C has it. */
    public static final String TRACE_PARENT = "traceparent";

    private Headers() {}
}
