package io.bursar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document of the report says neither more nor less than the report has. */
class ReportTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "benchmark.md");
    private static final String SECTION = "### ";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void every_key_is_documented_and_every_documented_key_is_there() throws IOException {
        var written = new TreeMap<String, Set<String>>();
        collect(json.constructType(Report.class), written);

        assertThat(documented()).isEqualTo(written);
    }

    private void collect(JavaType type, Map<String, Set<String>> keys) {
        if (type.isContainerType()) {
            collect(type.getContentType(), keys);
            return;
        }
        var name = type.getRawClass().getSimpleName();
        if (!type.getRawClass().isRecord() || keys.containsKey(name)) {
            return;
        }
        var properties = json.getSerializationConfig().introspect(type).findProperties();
        keys.put(
                name,
                new TreeSet<>(
                        properties.stream().map(BeanPropertyDefinition::getName).toList()));
        properties.forEach(property -> collect(property.getPrimaryType(), keys));
    }

    /** By heading, the first cells of the tables. */
    private static Map<String, Set<String>> documented() throws IOException {
        var keys = new TreeMap<String, Set<String>>();
        Set<String> section = new TreeSet<>();
        for (var line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith(SECTION)) {
                section = new TreeSet<>();
                keys.put(line.substring(SECTION.length()), section);
            } else if (line.startsWith("| `")) {
                section.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        return keys;
    }
}
