package io.bursar.cli.demo.lobster;

import java.nio.file.Path;

/** A line that breaks LOBSTER's format, or contradicts the lines before it. */
public final class LobsterFormatException extends RuntimeException {
    LobsterFormatException(Path file, int line, String field, String value, String rule) {
        super("%s, line %d: %s is \"%s\", but must be %s.".formatted(file, line, field, value, rule));
    }
}
