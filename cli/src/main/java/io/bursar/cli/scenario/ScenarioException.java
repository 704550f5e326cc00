package io.bursar.cli.scenario;

import java.util.List;

/** A scenario file cannot be understood; says everything that is wrong in it, one sentence each. */
public final class ScenarioException extends RuntimeException {
    private final transient List<String> faults;

    ScenarioException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    /** Each with file, line, field, value and rule. */
    public List<String> faults() {
        return faults;
    }
}
