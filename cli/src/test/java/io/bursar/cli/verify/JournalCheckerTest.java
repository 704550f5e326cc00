package io.bursar.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.Command;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Hash;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.SuspendAccount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalCheckerTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final byte[] KEY = "A1".getBytes(StandardCharsets.UTF_8);

    private final JournalChecker checker = new JournalChecker(id -> JournalEntry.getClassSchema(), 1);
    private final List<byte[]> sealed = entries();

    /** An account is opened, suspended, and suspended again. */
    private static List<byte[]> entries() {
        var ledger = new Ledger(new NoReferenceData(), LedgerRules.DEFAULT);
        var account = new FoldedAccount("A1");
        var seal = new JournalSeal(1);
        Hash last = Accounts.NO_HASH;
        var entries = new ArrayList<byte[]>();
        for (var body : List.of(
                new OpenAccount("Ada", "main", 0, CostMethod.AVERAGE, List.of()),
                new SuspendAccount("review"),
                new SuspendAccount("again"))) {
            var command = new AccountCommand("c" + entries.size(), "A1", NOON, body);
            for (var entry :
                    ledger.decide(account, Command.of(command, NOON, null)).entries()) {
                account.apply(entry);
                entries.add(seal.seal(entry, last));
                last = JournalHash.hashOf(entries.getLast());
            }
        }
        return entries;
    }

    private void check(int index, byte[] value) {
        var unused = checker.check("journal", 0, index, KEY, value);
    }

    @Test
    void a_journal_as_it_was_written_is_sound() {
        for (int i = 0; i < sealed.size(); i++) {
            check(i, sealed.get(i));
        }

        assertThat(checker.faults()).isEmpty();
        assertThat(checker.isSound()).isTrue();
        assertThat(checker.audit().entries()).isEqualTo(3);
    }

    @Test
    void a_byte_that_was_changed_is_told_with_its_place() {
        var changed = sealed.get(0).clone();
        changed[changed.length - 65] ^= 1;
        check(7, changed);

        assertThat(checker.isSound()).isFalse();
        assertThat(checker.faults()).first().asString().startsWith("journal-0 at 7: ");
    }

    @Test
    void an_entry_that_is_missing_is_told() {
        check(0, sealed.get(0));
        check(2, sealed.get(2));

        assertThat(checker.faults())
                .anyMatch(fault -> fault.contains("comes after entry 1: entries are numbered 1, 2, 3 without gap"));
    }

    @Test
    void what_is_no_entry_and_what_has_another_key_is_told_and_the_rest_is_counted() {
        assertThat(checker.check("journal", 1, 5, KEY, new byte[] {1, 2, 3})).isNull();
        var unused = checker.check("journal", 1, 6, null, sealed.get(0));

        assertThat(checker.faults())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("journal-1 at 5: it is no journal entry: ");
        assertThat(checker.faults()).last().isEqualTo("… and 1 more such records.");
    }

    private record NoReferenceData() implements ReferenceData {
        @Override
        public Asset asset(String id) {
            return null;
        }

        @Override
        public Instrument instrument(String id) {
            return null;
        }
    }
}
