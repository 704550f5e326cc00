package io.bursar.topology.settings;

/** Who may use the HTTP API. */
public enum HttpAuth {
    /** Whoever has an API key, as far as its rights go. */
    KEYS,
    /** Whoever reaches the port. */
    NONE
}
