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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scenario files on a running system, as {@code bursar scenario} plays them. All of them are played in memory; that the way
 * through a real broker and HTTP changes nothing, every sixth file shows, and with {@code -Dscenarios.every=1} each.
 */
@ExtendWith(SharedStack.class)
class ScenariosOnAStackTest {
    private static final int EVERY = Integer.getInteger("scenarios.every", 6);

    @TestFactory
    Stream<DynamicTest> scenarios_go_as_stated_on_a_running_system(RunningStack stack)
            throws IOException, URISyntaxException {
        var stage = stage(stack);
        var files = ScenarioFiles.all();
        return IntStream.iterate(0, i -> i < files.size(), i -> i + EVERY)
                .mapToObj(files::get)
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), file.toUri(), () -> play(file, stage)))
                .onClose(stage::close);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cancel o1                                     | line 6, cancel o1: order o1 is open until +1h, but the clock
            deposit 1.00 USD occurred +1h+1us             | line 6, deposit 1.00 USD occurred +1h+1us: it happens at +1h
            fill e1 of o9 buy 1 ACME-USD @ 1.00 occurred +1d | line 6, fill e1 of o9 buy 1 ACME-USD @ 1.00 occurred +1d:
            """)
    void what_a_clock_that_stands_at_the_end_makes_impossible_is_not_played(
            String line, String reason, RunningStack stack) {
        var yaml = """
                scenario: a case
                steps:
                  - open
                  - deposit 20.00 USD
                  - buy o1 1 ACME-USD @ 20.00 expires +1h
                  - %s
                  - at: +2h
                """.formatted(line);
        try (var stage = stage(stack)) {
            var report = ScenarioRunner.run(ScenarioParser.parse("case.yaml", yaml), stage);

            assertThat(report.describeFailures()).isEmpty();
            assertThat(report.notPlayable()).startsWith(reason).contains("where the scenario ends, at +2h");
        }
    }

    private static StackStage stage(RunningStack stack) {
        var settings = Settings.load(SettingsSource.flags(Map.of(
                Settings.BOOTSTRAP_SERVERS.name(), stack.bootstrapServers(),
                Settings.SCHEMA_REGISTRY_URL.name(), stack.registryUrl())));
        return new StackStage(settings, Optional.of(URI.create(stack.httpUrl())), Optional.empty());
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
