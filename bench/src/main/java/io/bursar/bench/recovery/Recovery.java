package io.bursar.bench.recovery;

import io.bursar.bench.figures.Figure;

/**
 * What {@link RecoveryBench} found, with processes of Bursar.
 *
 * @param accounts that it has
 * @param openOrders that it has
 * @param restartSeconds from SIGKILL to the first new decision in every partition, by a process that is started at once
 *     with the same state folder
 * @param restoredRecords of the changelog, when an instance starts with an empty folder
 * @param restoreSeconds from the start of that process to the first new decision in every partition
 * @param restoredRecordsPerSecond the start of its JVM included
 * @param failoverSeconds from SIGKILL to the first new decision in every partition, by another instance with standbys
 */
public record Recovery(
        int accounts,
        int openOrders,
        Figure restartSeconds,
        long restoredRecords,
        Figure restoreSeconds,
        Figure restoredRecordsPerSecond,
        Figure failoverSeconds) {}
