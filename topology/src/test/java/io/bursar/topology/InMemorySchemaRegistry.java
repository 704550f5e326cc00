package io.bursar.topology;

import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/**
 * A registry and its client in one: takes every schema, answers as long as it is reachable, and knows without asking what
 * it has answered. Thread-safe.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean reachable = true;
    private volatile CountDownLatch stalled = new CountDownLatch(0);

    /** From now on, new questions are answered or are not. */
    public void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    /** From now on, new questions wait for {@link #goOn}. */
    public void stall() {
        stalled = new CountDownLatch(1);
    }

    /** Answers all questions that wait. */
    public void goOn() {
        stalled.countDown();
    }

    /** How many questions were asked, answered or not. */
    public int questions() {
        return questions.get();
    }

    /** From now on it is not remembered which ids are unknown. */
    public void forgetRefusals() {
        refused.clear();
    }

    /** The id of a schema that somebody else registers: this client has not asked for it yet. */
    public int registerElsewhere(Schema schema) {
        synchronized (schemas) {
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            return schemas.indexOf(schema) + 1;
        }
    }

    @Override
    public int idOf(String subject, Schema schema) {
        requireAnswer();
        int id = registerElsewhere(schema);
        answered.add(id);
        return id;
    }

    @Override
    public Schema schema(int id) {
        if (!answered.contains(id)) {
            requireAnswer();
        }
        synchronized (schemas) {
            if (id < 1 || id > schemas.size()) {
                refused.add(id);
                throw new UnknownSchemaException(notThere(id));
            }
            answered.add(id);
            return schemas.get(id - 1);
        }
    }

    @Override
    public boolean isCached(int id) {
        return answered.contains(id);
    }

    @Override
    public Optional<String> refusal(int id) {
        return refused.contains(id) ? Optional.of(notThere(id)) : Optional.empty();
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }

    private static String notThere(int id) {
        return "Schema " + id + " is not there";
    }

    private void requireAnswer() {
        questions.incrementAndGet();
        try {
            stalled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted", e);
        }
        if (!reachable) {
            throw new RegistryUnavailableException("the registry of the test is switched off");
        }
    }
}
