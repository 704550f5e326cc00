package io.bursar.processors;

/** What is known of how far the inputs of a task have been read. Asked by the task's stream thread. */
@FunctionalInterface
public interface InputProgress {
    /** For where there is no log to lag behind. */
    InputProgress ALWAYS_CAUGHT_UP = (topic, partition, lastProcessedOffset, atMs) -> true;

    /**
     * Whether all records that lay in a partition at {@code atMs}, in milliseconds since 1970, have been processed.
     *
     * @param lastProcessedOffset of the partition, or -1 when the task has processed none since it started
     */
    boolean isCaughtUp(String topic, int partition, long lastProcessedOffset, long atMs);
}
