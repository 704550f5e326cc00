package io.bursar.bench.throughput;

/**
 * One backlog, drained by Bursar and by the limit.
 *
 * @param bursarPerSecond commands per second
 * @param limitPerSecond records per second
 * @param suspended fills that came before their orders; they were settled when the order came
 * @param journalBytes mean of an entry's value
 */
record Round(double bursarPerSecond, double limitPerSecond, long suspended, double journalBytes) {
    double ratio() {
        return bursarPerSecond / limitPerSecond;
    }
}
