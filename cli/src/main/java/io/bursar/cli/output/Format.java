package io.bursar.cli.output;

import java.util.Locale;

/** How an answer is written. */
public enum Format {
    /** Columns of the same width, with their names in a first line. */
    TABLE,
    /** What the API has answered. */
    JSON,
    /** As RFC 4180 has it, with the names in a first line. */
    CSV;

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
