package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in {@code docs/} that a test makes from the code. */
final class GeneratedDocument {
    private GeneratedDocument() {}

    /** The file says this. With {@code -Ddocuments.write=true} it is made to. */
    static void check(String name, Class<?> test, String text) throws IOException {
        var file = Path.of("..", "docs", name);
        if (Boolean.getBoolean("documents.write")) {
            Files.writeString(file, text);
        }
        assertThat(file).exists();
        assertThat(Files.readString(file))
                .as(
                        "docs/%s is generated: mvn -pl ledger -am test -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Ddocuments.write=true writes it anew",
                        name, test.getSimpleName())
                .isEqualTo(text);
    }
}
