package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.FundsDeposited;
import io.bursar.schemas.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries between the moment at which something is decided and the one at which that is committed, by the one transaction
 * of both tasks of a thread.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CommittedQueriesTest {
    private static final List<String> ACCOUNTS = List.of(LiveLedger.accountOf(0), LiveLedger.accountOf(1));

    /** Long enough for a test to look in the middle of a transaction. */
    private static final Map<String, String> LONG_TRANSACTIONS = Map.of("commit.interval.ms", "4000");

    private LiveLedger ledger;
    private String name;

    @BeforeEach
    void start(EmbeddedBroker broker, TestInfo test, @TempDir Path stateFolder) throws InterruptedException {
        name = test.getTestMethod().orElseThrow().getName();
        ledger = new LiveLedger(broker.bootstrapServers(), name, stateFolder, LONG_TRANSACTIONS).start();
        ACCOUNTS.forEach(ledger::open);
        depositInBoth("first", 1_00);
        LiveLedger.awaitUntil(() -> journalledDeposits() == 2);
        LiveLedger.awaitUntil(() -> totals().equals(List.of(1_00L, 1_00L)));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void decisions_are_seen_once_they_are_committed_and_not_before() throws Exception {
        var before = ledger.journalEnds();
        depositInBoth("second", 2_00);
        ledger.awaitJournalBehind(before);
        assertThat(totals()).containsExactly(1_00L, 1_00L);
        assertThat(partitionsOf(openTransaction())).containsAll(before.keySet());
        assertThat(journalledDeposits()).as("committed meanwhile").isEqualTo(2);

        LiveLedger.awaitUntil(() -> journalledDeposits() == 4);
        LiveLedger.awaitUntil(() -> totals().equals(List.of(3_00L, 3_00L)));
    }

    @Test
    void decisions_whose_transaction_is_aborted_are_never_seen_and_made_again_once() throws Exception {
        var before = ledger.journalEnds();
        depositInBoth("second", 2_00);
        ledger.awaitJournalBehind(before);
        var transaction = openTransaction();
        assertThat(totals()).containsExactly(1_00L, 1_00L);
        assertThat(partitionsOf(transaction)).containsAll(before.keySet());
        // Whoever takes the transactional id over aborts what was open under it, as after a kill.
        ledger.beginTransaction(transaction.transactionalId()).close(Duration.ZERO);

        LiveLedger.awaitUntil(() -> journalledDeposits() == 4);
        LiveLedger.awaitUntil(() -> totals().equals(List.of(3_00L, 3_00L)));
        for (var account : ACCOUNTS) {
            assertThat(ledger.journal())
                    .filteredOn(entry -> entry.getAccountId().equals(account))
                    .extracting(JournalEntry::getSequence)
                    .containsExactly(1L, 2L, 3L);
        }
        assertThat(ledger.failures).as("a fenced instance goes on").hasValue(0);
    }

    private void depositInBoth(String commandId, long cents) {
        ACCOUNTS.forEach(account -> ledger.deposit(commandId, account, cents));
    }

    private List<Long> totals() {
        return ACCOUNTS.stream().map(ledger::total).toList();
    }

    private long journalledDeposits() {
        return ledger.journal().stream()
                .filter(entry -> entry.getBody() instanceof FundsDeposited)
                .count();
    }

    private TransactionListing openTransaction() throws InterruptedException, ExecutionException {
        return ledger.admin.listTransactions().all().get().stream()
                .filter(transaction -> transaction.transactionalId().startsWith(name))
                .filter(transaction -> transaction.state() == TransactionState.ONGOING)
                .findFirst()
                .orElseThrow();
    }

    private Set<TopicPartition> partitionsOf(TransactionListing transaction)
            throws InterruptedException, ExecutionException {
        var id = transaction.transactionalId();
        return ledger.admin
                .describeTransactions(List.of(id))
                .description(id)
                .get()
                .topicPartitions();
    }
}
