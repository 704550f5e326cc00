package io.bursar.local;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** The parts of a stack, in the order in which they start. */
public enum ComponentName {
    BROKER,
    REGISTRY,
    POSTGRES,
    REDIS,
    BURSAR,
    BURSAR_2,
    BURSAR_3,
    BURSAR_4,
    CONNECT;

    private static final List<ComponentName> INSTANCES = List.of(BURSAR, BURSAR_2, BURSAR_3, BURSAR_4);

    /** How many instances of Bursar a stack can have. */
    public static final int MOST_INSTANCES = INSTANCES.size();

    /** An instance of Bursar, from 1 to {@link #MOST_INSTANCES}. */
    public static ComponentName instance(int number) {
        return INSTANCES.get(number - 1);
    }

    /** The name as operators read and type it, which is also the name of its folder and its log. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
