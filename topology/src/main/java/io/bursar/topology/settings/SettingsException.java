package io.bursar.topology.settings;

import java.util.List;

/** Settings that cannot be used. Says everything that is wrong with them, not only the first thing. */
public final class SettingsException extends RuntimeException {
    private final List<String> faults;

    /** @param faults a sentence for each, one at least */
    public SettingsException(List<String> faults) {
        super(
                faults.size() == 1
                        ? faults.getFirst()
                        : "%d faults in the settings:%n- %s"
                                .formatted(faults.size(), String.join(System.lineSeparator() + "- ", faults)));
        this.faults = List.copyOf(faults);
    }

    /** One sentence per fault, with field, value, rule and source; secrets are masked. At least one. */
    public List<String> faults() {
        return faults;
    }
}
