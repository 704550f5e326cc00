package io.bursar.cli.demo.lobster;

import io.bursar.schemas.Side;

/**
 * One line of a message file.
 *
 * @param line from 1 on
 * @param micros after midnight, cut to microseconds
 * @param orderId 0 for a hidden order
 * @param size in shares; for a partial cancel and an execution, what the order loses by it
 * @param price in 1/10,000 dollars
 * @param side of the order; of the resting one, for an execution
 */
record LobsterMessage(int line, long micros, LobsterType type, long orderId, long size, long price, Side side) {}
