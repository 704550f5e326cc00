package io.bursar.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.scenario.ScenarioParser;
import io.bursar.cli.scenario.ScenarioRunner;
import io.bursar.cli.scenario.Stage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario file, on every stage that needs nothing but memory. */
class ScenariosTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicContainer> every_scenario_goes_as_stated_on_every_stage() throws IOException, URISyntaxException {
        var scenarios = ScenarioFiles.all();
        return Stream.of(new CoreStage(), new TopologyStage(folder))
                .map(stage -> DynamicContainer.dynamicContainer(stage.name(), tests(scenarios, stage)));
    }

    private static Stream<DynamicTest> tests(List<Path> files, Stage stage) {
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), file.toUri(), () -> play(file, stage)))
                .onClose(stage::close);
    }

    private static void play(Path file, Stage stage) throws IOException {
        var report = ScenarioRunner.run(ScenarioParser.parse(file), stage);
        assertThat(report.describeFailures()).isEmpty();
        assertThat(report.notPlayable()).as("why it is not played").isEmpty();
        assertThat(report.steps()).isNotEmpty();
    }
}
