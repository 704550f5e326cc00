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
    private static final Path DOCUMENT = Path.of("..", "docs", "reason-codes.md");
    private static final Path SOURCE = Path.of("src/main/java/io/bursar/ledger/ReasonCode.java");

    @Test
    void the_documentation_says_what_the_constants_say() throws IOException {
        var text = text(Files.readString(SOURCE));
        if (Boolean.getBoolean("documents.write")) {
            Files.writeString(DOCUMENT, text);
        }

        assertThat(DOCUMENT).exists();
        assertThat(Files.readString(DOCUMENT))
                .as("docs/reason-codes.md is generated: mvn -pl ledger -am test -Dtest=ReasonCodesDocumentTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocuments.write=true writes it anew")
                .isEqualTo(text);
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
