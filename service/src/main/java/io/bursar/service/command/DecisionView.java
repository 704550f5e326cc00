package io.bursar.service.command;

import io.bursar.service.view.RejectionView;

/**
 * What became of a command or a fill.
 *
 * @param commandId its id; absent for a fill
 * @param executionId of a fill
 * @param sequence the journal entry that holds the decision; absent when there is none yet
 * @param outcome {@code accepted}, {@code rejected}, {@code settled}, {@code suspended}, or {@code undecided}
 * @param rejection why it was rejected or suspended
 */
record DecisionView(
        String accountId,
        String commandId,
        String orderId,
        String executionId,
        Long sequence,
        String outcome,
        RejectionView rejection) {}
