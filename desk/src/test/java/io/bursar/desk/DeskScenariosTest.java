package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays the scenarios in {@code src/test/resources/scenarios}: what users are told of tokens and of routing, step by step. */
class DeskScenariosTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios");

    @TestFactory
    Stream<DynamicContainer> every_scenario_goes_as_it_says() throws IOException {
        var containers = files().stream().map(DeskScenariosTest::container).toList();
        assertThat(containers).isNotEmpty();
        return containers.stream();
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static DynamicContainer container(Path file) {
        var name = file.getFileName().toString();
        return DynamicContainer.dynamicContainer(name, file.toUri(), tests(file));
    }

    private static Stream<DynamicTest> tests(Path file) {
        var scenarios = read(file);
        assertThat(scenarios).as(file.toString()).isNotEmpty();
        return StreamSupport.stream(scenarios.spliterator(), false)
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.get("scenario").textValue(),
                        () -> new ScenarioPlay().run(Step.listOf(scenario.get("steps")))));
    }

    private static JsonNode read(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
