package io.bursar.bench.core;

import io.bursar.bench.figures.Figure;

/**
 * Decisions of one kind, by one thread.
 *
 * @param perSecond from a decoded message to its journal entries and new rows, its content hash included
 * @param rulesPerSecond the same from a command that has its content hash already
 * @param bytesAllocated on the heap for each, from a decoded message
 */
public record Decision(Figure perSecond, Figure rulesPerSecond, Figure bytesAllocated) {}
