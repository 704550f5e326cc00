package io.bursar.desk;

import io.bursar.schemas.Fault;
import java.util.List;

/**
 * What a sender is told.
 *
 * @param reason null when the message was accepted
 * @param detail in words; null without any
 * @param faults all that is wrong with the fields
 * @param revision of the account afterwards; 0 when there is none
 * @param repeated whether the message had been accepted before; this is the answer of then
 */
public record DeskAnswer(DeskReason reason, String detail, List<Fault> faults, long revision, boolean repeated) {
    static DeskAnswer accepted(long revision) {
        return new DeskAnswer(null, null, List.of(), revision, false);
    }

    static DeskAnswer repeated(long revision) {
        return new DeskAnswer(null, null, List.of(), revision, true);
    }

    /** Whether the message has had its effect. */
    public boolean accepted() {
        return reason == null;
    }
}
