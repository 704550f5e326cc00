package io.bursar.processors;

import java.util.Map;

/** What is known of how far the inputs of a task have been read. Asked by the task's stream thread. */
@FunctionalInterface
public interface InputProgress {
    /** For where there is no log to lag behind. */
    InputProgress ALWAYS_CAUGHT_UP = (partition, lastProcessedOffsets) -> Long.MAX_VALUE;

    /**
     * The latest moment of which is known that all records that lay in these topics then have been processed, in
     * milliseconds since 1970; -1 when there is none. Finding out may take a request to the brokers, so a task asks only
     * when something depends on it.
     *
     * @param partition of each of the topics
     * @param lastProcessedOffsets by topic; -1 where the task has processed none since it started
     */
    long caughtUpToMs(int partition, Map<String, Long> lastProcessedOffsets);
}
