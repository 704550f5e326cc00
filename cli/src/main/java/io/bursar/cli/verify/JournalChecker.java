package io.bursar.cli.verify;

import io.bursar.ledger.JournalAudit;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemasById;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the records of a journal one by one: the key is the account, the hash is that of the content, and the entries
 * keep all rules of {@link JournalAudit}, sequences without gap among them. What is wrong is told, not thrown. Its memory
 * grows with the accounts and what is open in them, not with the length of the journal. For one thread only.
 */
public final class JournalChecker {
    private final RecordDecoder<JournalEntry> decoder;
    private final JournalHash hash = new JournalHash();
    private final JournalAudit audit = JournalAudit.ofWhatIsOpen();
    private final int mostFaults;
    private final Sentences badRecords;

    /**
     * Has seen nothing yet.
     *
     * @param schemas by the ids that the records name
     * @param mostFaults of each kind that are kept to be told
     */
    public JournalChecker(SchemasById schemas, int mostFaults) {
        this.decoder = new RecordDecoder<>(JournalEntry.class, schemas);
        this.mostFaults = mostFaults;
        this.badRecords = new Sentences(mostFaults);
    }

    /**
     * Takes the next record; those of one account come in their order.
     *
     * @param source of the record, by which faults name it: a topic or a file
     * @param key as it is in the record, or null
     * @param value as it is in the record, or null
     * @return the entry, or null when the record holds none
     * @throws io.bursar.schemas.serde.RegistryUnavailableException when the registry has to be asked and does not answer
     */
    public JournalEntry check(String source, int partition, long offset, byte[] key, byte[] value) {
        JournalEntry entry;
        try {
            entry = decoder.decode(value);
        } catch (MalformedRecordException | UnknownSchemaException e) {
            bad(source, partition, offset, "it is no journal entry: " + e.getMessage());
            return null;
        }
        var account = key == null ? "absent" : new String(key, StandardCharsets.UTF_8);
        if (!account.equals(entry.getAccountId())) {
            bad(source, partition, offset, "its key is " + account + ", but its account is " + entry.getAccountId());
        }
        if (!hash.isValid(value)) {
            bad(
                    source,
                    partition,
                    offset,
                    "entry %d of account %s does not have the hash of its content"
                            .formatted(entry.getSequence(), entry.getAccountId()));
        }
        audit.add(entry);
        return entry;
    }

    private void bad(String source, int partition, long offset, String what) {
        badRecords.add("%s-%d at %d: %s.".formatted(source, partition, offset, what));
    }

    /** What the entries so far add up to. */
    public JournalAudit audit() {
        return audit;
    }

    /** Whether nothing was wrong so far. */
    public boolean isSound() {
        return badRecords.count() == 0 && audit.violationCount() == 0;
    }

    /** What is wrong with single records and entries, in sentences; the first of each kind and how many more there are. */
    public List<String> faults() {
        var faults = badRecords.list("such records");
        var violations = new Sentences(mostFaults);
        audit.violations().forEach(violations::add);
        faults.addAll(violations.list("broken rules"));
        long untold = audit.violationCount() - audit.violations().size();
        if (untold > 0) {
            faults.add("… and %,d more broken rules that are not kept.".formatted(untold));
        }
        return new ArrayList<>(faults);
    }
}
