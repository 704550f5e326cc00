package io.bursar.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.bursar.cli.scenario.ScenarioParser;
import io.bursar.cli.scenario.ScenarioRunner;
import io.bursar.cli.scenario.StackStage;
import io.bursar.cli.scenario.Stage;
import io.bursar.stack.RunningStack;
import io.bursar.stack.SharedStack;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every scenario file on a running system, as {@code bursar scenario} plays them. */
@ExtendWith(SharedStack.class)
class ScenariosOnAStackTest {
    @TestFactory
    Stream<DynamicTest> every_scenario_goes_as_stated_on_a_running_system(RunningStack stack)
            throws IOException, URISyntaxException {
        var settings = Settings.load(SettingsSource.flags(Map.of(
                Settings.BOOTSTRAP_SERVERS.name(), stack.bootstrapServers(),
                Settings.SCHEMA_REGISTRY_URL.name(), stack.registryUrl())));
        var stage = new StackStage(settings, Optional.of(URI.create(stack.httpUrl())));
        return ScenarioFiles.all().stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), file.toUri(), () -> play(file, stage)))
                .onClose(stage::close);
    }

    private static void play(Path file, Stage stage) throws IOException {
        var scenario = ScenarioParser.parse(file);
        var report = ScenarioRunner.run(scenario, stage);
        assertThat(report.describeFailures()).isEmpty();
        if (scenario.exactClock()) {
            abort(report.notPlayable());
        }
        assertThat(report.notPlayable()).as("why it is not played").isEmpty();
    }
}
