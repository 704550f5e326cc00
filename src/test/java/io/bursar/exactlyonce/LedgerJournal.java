package io.bursar.exactlyonce;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.Command;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.ledger.Transfers;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.Source;
import io.bursar.stack.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The journal that messages lead to, decided in memory: the sinks' input, without a Bursar to wait for. */
final class LedgerJournal {
    private final String topic;
    private final Ledger ledger;
    private final JournalSeal seal;
    private final Map<String, FoldedAccount> accounts = new HashMap<>();
    private final Map<String, Hash> hashes = new HashMap<>();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long decided;

    /** @param schemaId of journal entries */
    LedgerJournal(ReferenceData reference, String topic, int schemaId) {
        this.topic = topic;
        ledger = new Ledger(reference, LedgerRules.DEFAULT);
        seal = new JournalSeal(schemaId);
    }

    /** Decides them one after the other. */
    LedgerJournal add(List<Message> messages) {
        for (var message : messages) {
            for (var sent : Commands.of(List.of(message)).byKey().entrySet()) {
                decide(Commands.command(sent.getValue(), Instant.now(), nextSource(message.topic())));
            }
        }
        return this;
    }

    /** All entries so far, in the order in which they were decided. */
    List<ProducerRecord<byte[], byte[]>> records() {
        return List.copyOf(records);
    }

    private void decide(Command command) {
        var account = accounts.computeIfAbsent(command.accountId(), FoldedAccount::new);
        for (var entry : ledger.decide(account, command).entries()) {
            account.apply(entry);
            append(entry);
            var told = Transfers.message(entry);
            if (told != null) {
                decide(Command.of(told, told.getOccurredAt(), nextSource("bursar.transfers")));
            }
        }
    }

    private void append(JournalEntry entry) {
        var id = entry.getAccountId();
        var wire = seal.seal(entry, hashes.getOrDefault(id, Accounts.NO_HASH));
        hashes.put(id, JournalHash.hashOf(wire));
        records.add(new ProducerRecord<>(topic, id.getBytes(StandardCharsets.UTF_8), wire));
    }

    private Source nextSource(String topic) {
        return new Source(topic, 0, decided++);
    }
}
