package io.bursar.cli.demo.replay;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.demo.flow.Message;
import io.bursar.topology.topics.Topics;
import java.util.Iterator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends an order flow as fast as the ledger decides it. Used by one thread. */
public final class Replay {
    /** More in flight gains nothing: it is some 100 ms of what a small machine decides. */
    private static final int MOST_UNDECIDED = 10_000;

    private static final int MOST_HELD = 10_000;

    /** Held messages are gone through no oftener than this; decisions come with commits, some 25 ms apart. */
    private static final long BETWEEN_RELEASES_NANOS = 5_000_000;

    private final Producer<String, SpecificRecord> producer;
    private final Topics topics;
    private final Decisions decisions;
    private final Sent sent;
    private final HeldMessages held = new HeldMessages();
    private long lastRelease = System.nanoTime();

    /** @param producer stays the caller's, who closes it */
    public Replay(Producer<String, SpecificRecord> producer, Topics topics, Decisions decisions, Sent sent) {
        this.producer = producer;
        this.topics = topics;
        this.decisions = decisions;
        this.sent = sent;
    }

    /**
     * Sends all messages and returns once everything they bring about is decided.
     *
     * @return all that was sent by this replay and others that count with it
     * @throws CommandException when nothing is decided for too long, or a record cannot be written
     */
    public Sent run(Iterator<Message> flow) throws InterruptedException {
        while (flow.hasNext()) {
            if (isFull()) {
                // Read first: what is decided meanwhile must end the waiting.
                long decided = decisions.decided();
                held.release(decisions::allows, this::send);
                if (isFull()) {
                    decisions.awaitMoreThan(decided);
                }
            } else {
                releaseNowAndThen();
                offer(flow.next());
            }
        }
        while (!held.isEmpty()) {
            long decided = decisions.decided();
            held.release(decisions::allows, this::send);
            if (!held.isEmpty()) {
                decisions.awaitMoreThan(decided);
            }
        }
        producer.flush();
        decisions.awaitAll();
        return sent;
    }

    private boolean isFull() {
        return decisions.outstanding() >= MOST_UNDECIDED || held.size() >= MOST_HELD;
    }

    private void offer(Message message) {
        if (held.concern(message) || !decisions.allows(message)) {
            held.add(message);
        } else {
            send(message);
        }
    }

    private void releaseNowAndThen() {
        long now = System.nanoTime();
        if (now - lastRelease >= BETWEEN_RELEASES_NANOS) {
            held.release(decisions::allows, this::send);
            lastRelease = now;
        }
    }

    private void send(Message message) {
        decisions.expect(message);
        sent.add(message);
        var topic = message.target().topic(topics);
        // The callback tells of failures; nobody waits for a single record.
        var unused = producer.send(
                new ProducerRecord<>(topic, message.key(), message.value()),
                (metadata, failure) -> failIfNotWritten(topic, failure));
    }

    private void failIfNotWritten(String topic, Exception failure) {
        if (failure != null) {
            decisions.fail(
                    new CommandException("A record for " + topic + " could not be written: " + failure, failure));
        }
    }
}
