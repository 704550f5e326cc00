package io.bursar.processors;

import io.bursar.schemas.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of an instance waits because the schema registry cannot be reached, for its health and its metrics. Closing it
 * ends what waits in here. Thread-safe; a name is used by one thread at a time.
 */
public final class RegistryWaits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWaits.class);

    /** Between two attempts while the registry cannot be reached. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, String> reasons = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What waits now, as {@code name: reason}, in alphabetical order. */
    public Set<String> waiting() {
        var texts = new TreeSet<String>();
        reasons.forEach((name, reason) -> texts.add(name + ": " + reason));
        return texts;
    }

    /** Something waits, or still waits. */
    public void begin(String name, String reason) {
        if (reasons.put(name, reason) == null) {
            LOG.warn("{} waits for the schema registry: {}", name, reason);
        }
    }

    /** Something waits no longer, if it did. */
    public void end(String name) {
        if (reasons.remove(name) != null) {
            LOG.info("{} does not wait for the schema registry any more", name);
        }
    }

    /**
     * Asks until the registry answers.
     *
     * @param name what waits meanwhile
     * @param question throws {@link RegistryUnavailableException} while there is no answer; all else ends the waiting
     * @throws RegistryWaitEndedException when this is closed or the thread is interrupted before there is an answer
     */
    public <T> T untilAnswered(String name, Supplier<T> question) {
        try {
            var answer = ask(name, question);
            while (answer.isEmpty()) {
                pause(name);
                answer = ask(name, question);
            }
            return answer.get();
        } finally {
            end(name);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private <T> Optional<T> ask(String name, Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (RegistryUnavailableException e) {
            begin(name, e.getMessage());
            return Optional.empty();
        }
    }

    private void pause(String name) {
        boolean ended;
        try {
            ended = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
        }
        if (ended) {
            throw new RegistryWaitEndedException(name + " waited for the schema registry when the instance ended");
        }
    }
}
