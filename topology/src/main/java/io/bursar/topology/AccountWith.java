package io.bursar.topology;

import io.bursar.schemas.state.AccountState;

/**
 * An account, and what was read beside it.
 *
 * @param rows as of the entry of the account's sequence
 */
public record AccountWith<T>(AccountState account, T rows) {}
