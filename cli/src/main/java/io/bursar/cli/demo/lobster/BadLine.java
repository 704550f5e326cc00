package io.bursar.cli.demo.lobster;

import io.bursar.cli.clients.CommandException;
import java.nio.file.Path;

/** What is said of a line that breaks LOBSTER's format, or contradicts the lines before it. */
final class BadLine {
    private BadLine() {}

    static CommandException of(Path file, int line, String field, String value, String rule) {
        return new CommandException(
                "%s, line %d: %s is \"%s\", but must be %s.".formatted(file, line, field, value, rule));
    }
}
