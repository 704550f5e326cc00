package io.bursar.ledger;

import io.bursar.schemas.Rejection;

/**
 * What the sender of a command is told.
 *
 * @param rejection why it was refused; null when it was accepted
 * @param sequence the journal entry that holds the decision
 * @param repeated the command had been decided before, and this is the first answer again
 */
public record Answer(Rejection rejection, long sequence, boolean repeated) {
    /** Whether the command took effect. */
    public boolean accepted() {
        return rejection == null;
    }
}
