package io.bursar.cli.demo.flow;

import java.util.List;

/**
 * A decision that a message must bring about, exactly once.
 *
 * @param outcomes the right ones; more than one where messages of different topics race
 */
public record Expectation(DecisionKey key, List<Outcome> outcomes) {
    public Expectation {
        outcomes = List.copyOf(outcomes);
    }

    public static Expectation of(DecisionKey key, Outcome... outcomes) {
        return new Expectation(key, List.of(outcomes));
    }
}
