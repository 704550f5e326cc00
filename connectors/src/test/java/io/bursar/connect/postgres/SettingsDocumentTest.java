package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** What the document and the example say is what the connector takes. */
class SettingsDocumentTest {
    private static final List<String> OF_THE_WORKER = List.of("topics");

    @Test
    void the_document_has_every_setting_with_its_default() throws IOException {
        var document = Files.readString(Path.of("../docs/connectors.md"));

        for (var key : PostgresSinkConfig.DEFINITION.configKeys().values()) {
            boolean isShown = key.hasDefault()
                    && key.defaultValue != null
                    && !key.defaultValue.equals("")
                    && key.type != ConfigDef.Type.PASSWORD;
            var byDefault = isShown ? "`" + key.defaultValue + "` " : "";
            assertThat(document).contains("| `" + key.name + "` | " + byDefault + "|");
        }
        assertThat(OF_THE_WORKER).allMatch(name -> document.contains("| `" + name + "` |"));
    }

    @Test
    void the_example_is_a_right_configuration() throws IOException {
        Map<String, String> settings = new HashMap<>();
        new ObjectMapper()
                .readTree(Path.of("configs/postgres-sink.json").toFile())
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));

        assertThat(new PostgresSinkConnector().validate(settings).configValues())
                .allMatch(value -> value.errorMessages().isEmpty());
        assertThat(settings).containsEntry("connector.class", PostgresSinkConnector.class.getName());
    }
}
