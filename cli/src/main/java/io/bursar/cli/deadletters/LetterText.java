package io.bursar.cli.deadletters;

import io.bursar.schemas.serde.SchemasById;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Letters for people. */
public final class LetterText {
    /** What still fits beside the rest of a line. */
    private static final int LONGEST_CAUSE = 160;

    private LetterText() {}

    /** One line: what it is called, when and whence it came, its key, whether it was sent again, and its cause. */
    public static String line(DeadLetter letter, Optional<Instant> redrivenAt) {
        var cause = letter.cause().replaceAll("\\s+", " ");
        return "%-12s %s  %s  key %s  %s%s"
                .formatted(
                        letter.id(),
                        letter.at(),
                        letter.origin(),
                        letter.keyText(),
                        redrivenAt.map(at -> "(redriven at " + at + ")  ").orElse(""),
                        cause.length() <= LONGEST_CAUSE ? cause : cause.substring(0, LONGEST_CAUSE) + "…");
    }

    /** All of it; the value as JSON where its schema tells how, else as hexadecimal digits. */
    public static String whole(DeadLetter letter, Optional<Instant> redrivenAt, SchemasById schemas) {
        var text = new StringBuilder("letter     %s%n".formatted(letter.id()))
                .append("came       %s%n".formatted(letter.at()))
                .append("origin     %s%n".formatted(letter.origin()))
                .append("cause      %s%n".formatted(letter.cause()))
                .append("redriven   %s%n"
                        .formatted(redrivenAt.map(Instant::toString).orElse("no")))
                .append("key        %s%n".formatted(letter.keyText()));
        for (var header : letter.headers()) {
            text.append("header     %s: %s%n"
                    .formatted(
                            header.key(),
                            header.value() == null ? "(none)" : new String(header.value(), StandardCharsets.UTF_8)));
        }
        return text.append("value      ")
                .append(ValueText.of(letter.value(), schemas))
                .toString();
    }
}
