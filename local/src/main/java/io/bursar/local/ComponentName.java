package io.bursar.local;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The parts of a stack, in the order in which they start. */
public enum ComponentName {
    BROKER,
    REGISTRY,
    POSTGRES,
    REDIS,
    BURSAR,
    CONNECT;

    /** The name as operators read and type it, which is also the name of its folder and its log. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
