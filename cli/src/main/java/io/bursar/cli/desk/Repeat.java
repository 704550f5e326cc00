package io.bursar.cli.desk;

import io.bursar.cli.api.ApiException;
import java.time.Duration;
import java.util.Optional;

/** Asks again until there is an answer. An API that is away or busy meanwhile is no reason to give up. */
final class Repeat {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Repeat() {}

    /** What is asked; empty while the answer is not there yet. */
    @FunctionalInterface
    interface Question<T> {
        Optional<T> ask() throws InterruptedException;
    }

    /**
     * The answer; empty when none has come in time.
     *
     * @throws ApiException when the API refuses to answer, or still cannot at the end
     */
    static <T> Optional<T> until(Duration atMost, Question<T> question) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            boolean isLast = System.nanoTime() - end >= 0;
            try {
                var answer = question.ask();
                if (answer.isPresent() || isLast) {
                    return answer;
                }
            } catch (ApiException e) {
                if (isLast || !e.isPassing()) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }
}
