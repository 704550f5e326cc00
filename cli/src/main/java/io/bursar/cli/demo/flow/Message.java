package io.bursar.cli.demo.flow;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record of an order flow. Those that name the same order go out in the order of the flow.
 *
 * @param target the topic it is for
 * @param key the record's key
 * @param value the record's value
 * @param orderIds the orders it is about; none for accounts, money and reference data
 * @param hold what must be decided of these orders first
 * @param expectations the decisions it must bring about; none for one that is sent again
 */
public record Message(
        Target target,
        String key,
        SpecificRecord value,
        List<String> orderIds,
        Hold hold,
        List<Expectation> expectations) {
    public Message {
        orderIds = List.copyOf(orderIds);
        expectations = List.copyOf(expectations);
    }

    /** The same record once more, which must have no effect. */
    public Message again() {
        return new Message(target, key, value, orderIds, Hold.NOT_AT_ALL, List.of());
    }

    /** The same message, held back for other things. */
    public Message held(Hold other) {
        return new Message(target, key, value, orderIds, other, expectations);
    }

    /** The same message, which brings about one decision more. */
    public Message alsoExpecting(DecisionKey decision, Outcome outcome) {
        var all = new ArrayList<>(expectations);
        all.add(Expectation.of(decision, outcome));
        return new Message(target, key, value, orderIds, hold, all);
    }

    /** Whether it is the resending of an earlier one. */
    public boolean isRepeat() {
        return expectations.isEmpty();
    }
}
