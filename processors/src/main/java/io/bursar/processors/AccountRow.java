package io.bursar.processors;

import io.bursar.schemas.state.AccountState;

/**
 * An account as it is stored.
 *
 * @param alarmMicros when to look for overdue orders, in microseconds since 1970: no open order has an earlier deadline;
 *     {@link io.bursar.processors.store.DueTime#NEVER} without open orders
 */
record AccountRow(AccountState account, long alarmMicros) {}
