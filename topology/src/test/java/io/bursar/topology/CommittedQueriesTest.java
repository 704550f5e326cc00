package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.FundsDeposited;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries between the moment at which something is decided and the one at which that is committed. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CommittedQueriesTest {
    private static final String ACCOUNT = LiveLedger.accountOf(0);

    /** Long enough for a test to look in the middle of a transaction. */
    private static final Map<String, String> LONG_TRANSACTIONS = Map.of("commit.interval.ms", "4000");

    private static EmbeddedBroker broker;

    private Admin admin;
    private LiveLedger ledger;
    private String name;

    @BeforeAll
    static void startBroker(@TempDir Path folder) {
        broker = EmbeddedBroker.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test, @TempDir Path stateFolder) throws InterruptedException {
        admin = broker.admin();
        name = test.getTestMethod().orElseThrow().getName();
        ledger = new LiveLedger(broker, name, stateFolder, LONG_TRANSACTIONS).start();
        ledger.send(Ask.open(ACCOUNT, now()));
        ledger.send(Ask.deposit("first", ACCOUNT, now(), "USD", 1_00));
        ledger.awaitEntry(entry -> entry.getBody() instanceof FundsDeposited);
        LiveLedger.awaitUntil(() -> total() == 1_00);
    }

    @AfterEach
    void close() {
        ledger.close();
        admin.close();
    }

    @Test
    void a_decision_is_seen_once_it_is_committed_and_not_before() throws Exception {
        long before = journalEnd();
        ledger.send(Ask.deposit("second", ACCOUNT, now(), "USD", 2_00));
        awaitJournalBehind(before);
        assertThat(total()).isEqualTo(1_00);
        assertThat(journalledDeposits()).as("committed meanwhile").isEqualTo(1);

        LiveLedger.awaitUntil(() -> journalledDeposits() == 2);
        LiveLedger.awaitUntil(() -> total() == 3_00);
    }

    @Test
    void a_decision_whose_transaction_is_aborted_is_never_seen_and_made_again_once() throws Exception {
        long before = journalEnd();
        ledger.send(Ask.deposit("second", ACCOUNT, now(), "USD", 2_00));
        awaitJournalBehind(before);
        var transaction = openTransaction();
        assertThat(total()).isEqualTo(1_00);
        // Whoever takes the transactional id over aborts what was open under it, as after a kill.
        ledger.beginTransaction(transaction.transactionalId()).close();

        LiveLedger.awaitUntil(() -> journalledDeposits() == 2);
        LiveLedger.awaitUntil(() -> total() == 3_00);
        assertThat(ledger.journal())
                .filteredOn(entry -> entry.getAccountId().equals(ACCOUNT))
                .extracting(entry -> entry.getSequence())
                .containsExactly(1L, 2L, 3L);
    }

    /** What the account owns in cents; -1 while its partition moves. */
    private long total() {
        try {
            var account = ledger.streams().queries().namedAccount(ACCOUNT);
            return account.isEmpty() || account.get().getBalances().isEmpty()
                    ? 0
                    : account.get().getBalances().getFirst().getTotal();
        } catch (UnavailableException e) {
            return -1;
        }
    }

    private long journalledDeposits() {
        return ledger.journal().stream()
                .filter(entry -> entry.getBody() instanceof FundsDeposited)
                .count();
    }

    /** Where the journal ends, uncommitted entries included. */
    private long journalEnd() throws InterruptedException, ExecutionException {
        var partition = new TopicPartition(ledger.topics.journal(), 0);
        return admin.listOffsets(
                        Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private void awaitJournalBehind(long offset) throws InterruptedException, ExecutionException {
        while (journalEnd() <= offset) {
            Thread.sleep(10);
        }
    }

    private TransactionListing openTransaction() throws InterruptedException, ExecutionException {
        return admin.listTransactions().all().get().stream()
                .filter(transaction -> transaction.transactionalId().startsWith(name))
                .filter(transaction -> transaction.state() == TransactionState.ONGOING)
                .findFirst()
                .orElseThrow();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
