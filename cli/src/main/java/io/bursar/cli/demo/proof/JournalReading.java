package io.bursar.cli.demo.proof;

import io.bursar.cli.demo.stack.Connection;
import io.bursar.cli.demo.stack.DemoException;
import io.bursar.cli.demo.stack.TopicReader;
import io.bursar.ledger.JournalAudit;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.serde.AvroDeserializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the whole journal and audits it. Used by one thread, except for {@link #entries} and {@link #left}. */
public final class JournalReading implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int EXAMPLES = 10;

    private final String topic;
    private final TopicReader reader;
    private final AvroDeserializer<JournalEntry> deserializer;
    private final JournalHash hash = new JournalHash();
    private final JournalAudit audit = new JournalAudit();
    private final List<String> badRecords = new ArrayList<>();
    private long badRecordCount;
    private volatile long entries;
    private volatile long left;

    /** Has read nothing yet. */
    public JournalReading(Connection connection) {
        this.topic = connection.topics().journal();
        this.reader = TopicReader.fromBeginning(connection, topic);
        this.deserializer = new AvroDeserializer<>(JournalEntry.class, connection.registry());
        this.left = reader.left();
    }

    /**
     * Reads on to the end that the journal has at this moment.
     *
     * @throws DemoException when nothing comes for too long
     */
    public void readToEnd() {
        reader.lookForEnd();
        left = reader.left();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (left > 0) {
            var records = reader.poll(POLL);
            records.forEach(this::add);
            left = reader.left();
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new DemoException("The journal gave nothing for %d s, %d offsets before its end."
                        .formatted(PATIENCE.toSeconds(), left));
            }
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        var entry = deserializer.deserialize(topic, record.value());
        var key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.equals(entry.getAccountId())) {
            bad(record, "its key is " + key + ", but its account is " + entry.getAccountId());
        }
        if (!hash.isValid(record.value())) {
            bad(
                    record,
                    "entry %d of account %s does not have the hash of its content"
                            .formatted(entry.getSequence(), entry.getAccountId()));
        }
        audit.add(entry);
        entries = audit.entries();
    }

    private void bad(ConsumerRecord<byte[], byte[]> record, String what) {
        badRecordCount++;
        if (badRecords.size() < EXAMPLES) {
            badRecords.add("%s-%d at %d: %s.".formatted(topic, record.partition(), record.offset(), what));
        }
    }

    /** What the entries so far add up to. */
    public JournalAudit audit() {
        return audit;
    }

    /** Everything that is wrong with the journal so far, in sentences; the first of each kind. */
    public List<String> faults() {
        var faults = new ArrayList<>(badRecords);
        if (badRecordCount > badRecords.size()) {
            faults.add("… and " + (badRecordCount - badRecords.size()) + " more such records.");
        }
        audit.violations().stream().limit(EXAMPLES).forEach(faults::add);
        if (audit.violationCount() > EXAMPLES) {
            faults.add("… and " + (audit.violationCount() - EXAMPLES) + " more broken rules.");
        }
        audit.imbalances().stream().limit(EXAMPLES).forEach(faults::add);
        if (audit.imbalances().size() > EXAMPLES) {
            faults.add("… and " + (audit.imbalances().size() - EXAMPLES) + " more imbalances.");
        }
        return faults;
    }

    /** How many entries were read so far. */
    public long entries() {
        return entries;
    }

    /** How many offsets are left up to the end that was last looked for. */
    public long left() {
        return left;
    }

    @Override
    public void close() {
        reader.close();
        deserializer.close();
    }
}
