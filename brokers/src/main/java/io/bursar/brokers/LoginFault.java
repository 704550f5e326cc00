package io.bursar.brokers;

/**
 * What is wrong with a login, found without asking the broker.
 *
 * @param field {@code environment}, {@code licence}, or the name of a property or secret
 * @param rule the value, unless that is a secret, and the rule that it breaks
 */
public record LoginFault(String field, String rule) {
    @Override
    public String toString() {
        return field + " " + rule;
    }
}
