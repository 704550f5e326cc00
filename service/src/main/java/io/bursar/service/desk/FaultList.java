package io.bursar.service.desk;

import io.bursar.schemas.Fault;
import io.bursar.service.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads field by field and goes on after one that does not fit, so that all faults are told at once. */
final class FaultList {
    private final List<Fault> faults = new ArrayList<>();

    /** The value of a field; null when it does not fit. */
    <T> T read(Supplier<T> field) {
        try {
            return field.get();
        } catch (ProblemException e) {
            var problem = e.problem();
            faults.add(new Fault(problem.field(), problem.value(), problem.rule()));
            return null;
        }
    }

    /** @param value null when it is missing or a secret */
    void add(String field, String value, String rule) {
        faults.add(new Fault(field, value, rule));
    }

    void addAll(List<Fault> others) {
        others.stream()
                .filter(other ->
                        faults.stream().noneMatch(known -> known.getField().equals(other.getField())))
                .forEach(faults::add);
    }

    List<Fault> faults() {
        return faults;
    }
}
