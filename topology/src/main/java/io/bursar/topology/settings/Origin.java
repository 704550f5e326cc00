package io.bursar.topology.settings;

import java.util.function.UnaryOperator;

/**
 * Where a value was given.
 *
 * @param description for people: "bursar.properties line 3", "environment variable", "flag"
 * @param spelling how names of settings are written there
 */
record Origin(String description, UnaryOperator<String> spelling) {
    static final Origin DEFAULT = new Origin("default", UnaryOperator.identity());
}
