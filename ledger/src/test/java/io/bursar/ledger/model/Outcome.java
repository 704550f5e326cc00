package io.bursar.ledger.model;

import java.util.List;

/**
 * What came of a request.
 *
 * @param refusal why a command was refused; null when it was accepted, and for fills
 * @param repeated it had been decided before
 * @param sequence the entry that holds the decision; null for fills
 * @param entries what was journalled, in words
 */
record Outcome(Refusal refusal, boolean repeated, Long sequence, List<String> entries) {}
