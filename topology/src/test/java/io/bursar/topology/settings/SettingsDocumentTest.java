package io.bursar.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");

    @Test
    void the_documentation_says_what_the_definitions_say() throws IOException {
        if (Boolean.getBoolean("documents.write")) {
            Files.writeString(DOCUMENT, SettingsDocument.text());
        }

        assertThat(DOCUMENT).exists();
        assertThat(Files.readString(DOCUMENT))
                .as("docs/settings.md is generated: mvn -pl topology -am test -Dtest=SettingsDocumentTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocuments.write=true writes it anew")
                .isEqualTo(SettingsDocument.text());
    }
}
