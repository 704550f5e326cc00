package io.bursar.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * A command that a file has.
 *
 * @param number of those in the file, from 1 on
 * @param line of the file in which it begins, from 1 on
 */
record FileCommand(long number, int line, JsonNode json) {
    /** How much of a request it takes, with the comma behind it. */
    int bytes() {
        return json.toString().getBytes(StandardCharsets.UTF_8).length + 1;
    }

    /** For people, at the beginning of a sentence. */
    String name() {
        return "Command %d, in line %d,".formatted(number, line);
    }
}
