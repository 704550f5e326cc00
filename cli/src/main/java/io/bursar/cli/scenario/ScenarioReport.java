package io.bursar.cli.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * How a scenario went on a stage.
 *
 * @param notPlayable why it could not be played to its end there; otherwise empty
 * @param steps the steps that were played, in order
 */
public record ScenarioReport(Scenario scenario, String stage, String notPlayable, List<StepReport> steps) {
    public ScenarioReport {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param line where it stands
     * @param text as written
     * @param found what came of it, in the words of the format
     * @param differences what was not as stated; empty when all was
     */
    public record StepReport(int line, String text, String found, List<Difference> differences) {
        public StepReport {
            differences = List.copyOf(differences);
        }
    }

    /** Something that is not as it should be. */
    public record Difference(String what, String expected, String found) {}

    /** Whether everything was played and all of it was as stated. */
    public boolean passed() {
        return notPlayable.isEmpty() && !failed();
    }

    /** Whether something was not as stated. */
    public boolean failed() {
        return steps.stream().anyMatch(step -> !step.differences().isEmpty());
    }

    /** The steps that were not as stated, with what was expected and what was found; empty when there are none. */
    public List<String> describeFailures() {
        var lines = new ArrayList<String>();
        for (var step : steps) {
            if (!step.differences().isEmpty()) {
                lines.add("%s:%d: %s".formatted(scenario.file(), step.line(), step.text()));
                step.differences().forEach(difference -> describe(difference, lines));
            }
        }
        return lines;
    }

    private static void describe(Difference difference, List<String> lines) {
        lines.add("    " + difference.what());
        lines.add("        expected  " + difference.expected());
        lines.add("        found     " + difference.found());
    }
}
