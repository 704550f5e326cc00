package io.bursar.processors;

/** What is known of how far the inputs of a task have been read. Asked by the task's stream thread. */
@FunctionalInterface
public interface InputProgress {
    /** For where there is no log to lag behind. */
    InputProgress ALWAYS_CAUGHT_UP = (topic, partition, lastProcessedOffset) -> Long.MAX_VALUE;

    /**
     * The latest moment of which is known that all records that lay in the partition then have been processed, in
     * milliseconds since 1970; -1 when there is none.
     *
     * @param lastProcessedOffset of the partition, or -1 when the task has processed none since it started
     */
    long caughtUpToMs(String topic, int partition, long lastProcessedOffset);
}
