package io.bursar.desk;

import io.bursar.schemas.Fault;
import java.util.List;

/** A message that changes nothing. */
final class RefusedException extends Exception {
    private final transient DeskReason reason;
    private final transient List<Fault> faults;

    RefusedException(DeskReason reason, String detail) {
        this(reason, detail, List.of());
    }

    RefusedException(DeskReason reason, String detail, List<Fault> faults) {
        super(detail, null, false, false);
        this.reason = reason;
        this.faults = faults;
    }

    DeskAnswer answer(long revision) {
        return new DeskAnswer(reason, getMessage(), faults, revision, false);
    }

    /** Refuses a message whose fields have faults; all of them are told. */
    static void requireNone(List<Fault> faults) throws RefusedException {
        if (!faults.isEmpty()) {
            var first = faults.getFirst();
            throw new RefusedException(
                    DeskReason.FIELDS_ARE_INVALID,
                    first.getField() + ": " + first.getRule()
                            + (faults.size() == 1 ? "" : "; and " + (faults.size() - 1) + " more"),
                    faults);
        }
    }
}
