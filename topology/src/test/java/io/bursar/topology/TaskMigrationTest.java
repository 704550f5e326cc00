package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.JournalAudit;
import io.bursar.schemas.state.AccountState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances with a standby for each task, of which one is killed in the middle of a transaction and comes back. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TaskMigrationTest {
    private static final String NAME = "task-migration";

    /** With the desk an even number of tasks: shared out, no instance is left without a partition. */
    private static final int PARTITIONS = 3;

    private static final List<String> ACCOUNTS = IntStream.range(0, PARTITIONS)
            .mapToObj(i -> LiveLedger.accountOf(i, PARTITIONS))
            .toList();
    private static final int ROUND = 20;

    /** Transactions last until there is something in them to be killed, and sessions as short as the broker allows. */
    private static final Map<String, String> SETTINGS = Map.of(
            "partitions", Integer.toString(PARTITIONS),
            "num.standby.replicas", "1",
            "commit.interval.ms", "500",
            "session.timeout.ms", "6000",
            "transaction.timeout.ms", "3000");

    private int deposits;

    @Test
    void each_instance_takes_over_what_the_other_had(EmbeddedBroker broker, @TempDir Path folder) throws Exception {
        var servers = broker.bootstrapServers();
        var firstFolder = folder.resolve("first");
        try (var second = new LiveLedger(servers, NAME, folder.resolve("second"), SETTINGS)) {
            second.start();
            ACCOUNTS.forEach(second::open);
            depositAndAwait(second);
            try (var first = LedgerProcess.start(servers, NAME, firstFolder, SETTINGS)) {
                LiveLedger.awaitUntil(() -> !first.isAlive() || isShared(second));
                assertThat(first.isAlive()).isTrue();
                depositAndAwait(second);
                var ends = second.journalEnds();
                deposit(second);
                second.awaitJournalBehind(ends);
            }
            depositAndAwait(second);
            requireAnswersAsJournalled(second);

            try (var first = new LiveLedger(servers, NAME, firstFolder, SETTINGS)) {
                first.start();
                LiveLedger.awaitUntil(() -> isShared(first) && isShared(second));
                depositAndAwait(second);
                requireAnswersAsJournalled(first, second);
            }
            depositAndAwait(second);
            requireAnswersAsJournalled(second);
            assertThat(second.failures).hasValue(0);
        }
    }

    private void deposit(LiveLedger ledger) {
        for (int i = 0; i < ROUND; i++) {
            deposits++;
            for (var account : ACCOUNTS) {
                ledger.deposit("deposit-" + deposits, account, deposits);
            }
        }
    }

    /** Returns when all deposits so far are committed. */
    private void depositAndAwait(LiveLedger ledger) throws InterruptedException {
        deposit(ledger);
        LiveLedger.awaitUntil(() -> ledger.journal().size() >= ACCOUNTS.size() * (1 + deposits));
    }

    /** Two of the four tasks, those of the partitions and the desk's, are active here, and the others stand by. */
    private static boolean isShared(LiveLedger ledger) {
        var served =
                ACCOUNTS.stream().filter(account -> ledger.total(account) > 0).count();
        return served >= 1 && served <= 2 && standbys(ledger) == 2;
    }

    private static double standbys(LiveLedger ledger) {
        return ledger.streams().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("standby-updating-tasks"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }

    /** Each account is with one of the instances as folding the journal makes it, and every command was decided once. */
    private void requireAnswersAsJournalled(LiveLedger... instances) throws InterruptedException {
        var audit = new JournalAudit();
        instances[instances.length - 1].journal().forEach(audit::add);
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.imbalances()).isEmpty();
        assertThat(audit.entriesByKind())
                .containsOnly(
                        Map.entry("AccountOpened", (long) ACCOUNTS.size()),
                        Map.entry("FundsDeposited", (long) ACCOUNTS.size() * deposits));
        for (var account : ACCOUNTS) {
            var folded = audit.account(account).account();
            LiveLedger.awaitUntil(
                    () -> answers(account, instances).anyMatch(answer -> answer.getSequence() >= folded.getSequence()));
            assertThat(answers(account, instances)).containsExactly(folded);
        }
    }

    private static Stream<AccountState> answers(String account, LiveLedger... instances) {
        return Stream.of(instances).flatMap(instance -> instance.account(account).stream());
    }
}
