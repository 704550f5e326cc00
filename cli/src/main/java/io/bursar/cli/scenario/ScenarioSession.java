package io.bursar.cli.scenario;

import io.bursar.cli.scenario.ScenarioReport.StepReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plays scenarios of files one after the other and prints how each went. */
public final class ScenarioSession {
    private final PrintWriter out;
    private final boolean everyStep;
    private int passed;
    private int failed;
    private int notPlayed;

    /** @param everyStep whether to print what came of each step, not only of those that were not as stated */
    public ScenarioSession(PrintWriter out, boolean everyStep) {
        this.out = out;
        this.everyStep = everyStep;
    }

    /**
     * The scenarios of these files, and of the files {@code *.yaml} in these folders.
     *
     * @throws IOException when one cannot be read
     * @throws ScenarioException with all that cannot be understood in any of them
     */
    public static List<Scenario> read(List<Path> paths) throws IOException {
        var scenarios = new ArrayList<Scenario>();
        var faults = new ArrayList<String>();
        for (var path : paths) {
            for (var file : files(path)) {
                try {
                    scenarios.add(ScenarioParser.parse(file));
                } catch (ScenarioException e) {
                    faults.addAll(e.faults());
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new ScenarioException(faults);
        }
        return scenarios;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (var files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Plays them all.
     *
     * @return whether nothing was other than stated
     * @throws StageException when the stage does not answer; what was played until then is printed
     */
    public boolean play(List<Scenario> scenarios, Stage stage) {
        for (var scenario : scenarios) {
            print(ScenarioRunner.run(scenario, stage));
        }
        out.printf("%d passed, %d failed, %d not played%n", passed, failed, notPlayed);
        out.flush();
        return failed == 0;
    }

    private void print(ScenarioReport report) {
        var scenario = report.scenario();
        if (report.failed()) {
            failed++;
            out.printf("FAILED      %s: %s%n", scenario.file(), scenario.title());
        } else if (!report.notPlayable().isEmpty()) {
            notPlayed++;
            out.printf("not played  %s: %s%n", scenario.file(), report.notPlayable());
        } else {
            passed++;
            out.printf("passed      %s: %s%n", scenario.file(), scenario.title());
        }
        if (everyStep) {
            report.steps().forEach(this::print);
        }
        report.describeFailures().forEach(line -> out.println("    " + line));
        out.flush();
    }

    private void print(StepReport step) {
        var mark = step.differences().isEmpty() ? " " : "!";
        var found = step.found().isEmpty() ? "" : ": " + step.found();
        out.printf("  %s %4d  %s%s%n", mark, step.line(), step.text(), found);
    }
}
