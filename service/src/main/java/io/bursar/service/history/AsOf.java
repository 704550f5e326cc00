package io.bursar.service.history;

/**
 * What was found of an account.
 *
 * @param sequence of the account's last entry in the tables
 */
public record AsOf<T>(long sequence, T found) {}
