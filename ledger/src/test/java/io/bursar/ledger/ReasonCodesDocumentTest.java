package io.bursar.ledger;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/reason-codes.md} is made from the constants and the sentences above them. */
class ReasonCodesDocumentTest {
    private static final Path SOURCE = Path.of("src/main/java/io/bursar/ledger/ReasonCode.java");

    @Test
    void the_documentation_says_what_the_constants_say() throws IOException {
        GeneratedDocument.check("reason-codes.md", getClass(), text(Files.readString(SOURCE)));
    }

    private static String text(String source) {
        var rows = Arrays.stream(ReasonCode.values())
                .map(code -> "| `%s` | %s | %s |"
                        .formatted(code.text(), sentence(code, source), code.spendsId() ? "yes" : "no"))
                .collect(joining("\n"));
        return """
                # Reason codes

                <!-- Generated from the constants of io.bursar.ledger.ReasonCode. -->

                Why a command was refused or a fill was suspended. The rules are checked in this order, and the first one that
                speaks against a command is the answer, but for `amount_overflows`, which comes wherever it shows. A released code
                never changes. Where a refusal spends the id, a repeat of the command gets the same answer; otherwise it is
                decided afresh.

                | code | meaning | spends the id |
                |---|---|---|
                %s
                """.formatted(rows);
    }

    private static String sentence(ReasonCode code, String source) {
        var constant = Pattern.compile("/\\*\\* ([^\n]*) \\*/\\s+" + code.name() + "\\(")
                .matcher(source);
        assertThat(constant.find()).as("a sentence in one line above %s", code).isTrue();
        return constant.group(1);
    }
}
