package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an instance answers that cannot reach its group, with a broker of its own to stop. */
final class CutOffTest {
    private static final String A0 = LiveLedger.accountOf(0);

    @Test
    @Timeout(value = 150, unit = TimeUnit.SECONDS)
    void once_others_may_have_its_partitions_an_instance_no_longer_answers_as_their_owner(@TempDir Path folder)
            throws InterruptedException {
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"));
                var ledger = new LiveLedger(
                                broker.bootstrapServers(),
                                "cut-off",
                                folder.resolve("state"),
                                Map.of("session.timeout.ms", "6000"))
                        .start()) {
            var queries = ledger.streams().queries();
            ledger.open(A0);
            LiveLedger.awaitUntil(() -> ledger.account(A0).isPresent());

            broker.stop();
            assertThat(queries.namedAccount(A0)).as("it is still a member").isPresent();
            LiveLedger.awaitUntil(ledger.streams()::isCutOff);
            assertThatThrownBy(() -> queries.namedAccount(A0))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage(
                            "this instance is cut off from Kafka, and another one may have the partition of account "
                                    + A0 + " by now");
            assertThatThrownBy(() -> queries.accounts(0, "", 1)).isInstanceOf(UnavailableException.class);
            assertThat(queries.ofAnyCopy().namedAccount(A0))
                    .as("of a copy that may be old")
                    .isPresent();

            broker.start();
            LiveLedger.awaitUntil(() -> ledger.account(A0).isPresent());
        }
    }
}
