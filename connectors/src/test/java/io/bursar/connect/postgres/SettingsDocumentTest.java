package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** What the document and the example say is what the connector takes. */
class SettingsDocumentTest {
    private static final List<String> OF_THE_WORKER = List.of("topics");

    @Test
    void the_document_has_every_setting_with_its_default() throws IOException {
        var document = Files.readString(Path.of("../docs/connectors.md"));

        var keys = new ArrayList<>(PostgresSinkConfig.DEFINITION.configKeys().values());
        keys.addAll(DeskSinkConfig.DEFINITION.configKeys().values());
        for (var key : keys) {
            boolean isShown = key.hasDefault()
                    && key.defaultValue != null
                    && !key.defaultValue.equals("")
                    && key.type != ConfigDef.Type.PASSWORD;
            var byDefault = isShown ? "`" + key.defaultValue + "` " : "";
            assertThat(document).contains("| `" + key.name + "` | " + byDefault + "|");
        }
        assertThat(OF_THE_WORKER).allMatch(name -> document.contains("| `" + name + "` |"));
    }
}
