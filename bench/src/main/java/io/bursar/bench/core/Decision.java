package io.bursar.bench.core;

import io.bursar.bench.figures.Figure;

/**
 * Decisions of one kind, by one thread.
 *
 * @param perSecond from a decoded message to its journal entries and new rows
 * @param bytesAllocated on the heap for each
 */
public record Decision(Figure perSecond, Figure bytesAllocated) {}
