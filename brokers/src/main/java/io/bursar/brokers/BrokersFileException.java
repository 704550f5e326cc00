package io.bursar.brokers;

import java.util.List;

/** A file of brokers that cannot be used. Its message is a line for each thing that is wrong. */
public final class BrokersFileException extends Exception {
    private final List<String> faults;

    BrokersFileException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** Each names file, line, field, value and rule. */
    public List<String> faults() {
        return faults;
    }
}
