package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Reply;
import io.bursar.topology.commands.CommandGateway;
import io.bursar.topology.commands.NotWrittenException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are sent while the broker goes and comes, with a broker of its own. */
final class CommandGatewayTest {
    private static final String A0 = LiveLedger.accountOf(0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    @Timeout(value = 150, unit = TimeUnit.SECONDS)
    void commands_that_failed_while_the_broker_was_away_are_answered_once_it_is_back_and_take_effect_once(
            @TempDir Path folder) throws Exception {
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"));
                var ledger = new LiveLedger(broker.bootstrapServers(), "gateway", folder.resolve("state"), Map.of())
                        .start();
                var gateway = new CommandGateway(ledger.settings, 1, ledger.registry)) {
            assertThat(ask(gateway, Ask.open(A0, LiveLedger.now())).getAccepted())
                    .isTrue();
            var deposit = Ask.deposit("d-1", A0, LiveLedger.now(), "USD", 1_00);

            broker.stop();
            assertThatThrownBy(() -> ask(gateway, deposit))
                    .isInstanceOfAny(NotWrittenException.class, ExecutionException.class)
                    .hasStackTraceContaining("the log did not confirm a record on gateway.balance-updates");
            broker.start();

            var reply = askUntilAnswered(gateway, deposit);
            assertThat(reply.getAccepted()).isTrue();
            assertThat(askUntilAnswered(gateway, deposit).getRepeated()).isTrue();
            LiveLedger.awaitUntil(() -> ledger.total(A0) == 1_00);
        }
    }

    private static Reply ask(CommandGateway gateway, SpecificRecord message)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (var pending = gateway.send(message, null)) {
            return pending.reply().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** As a caller does: the same command under the same id. */
    private static Reply askUntilAnswered(CommandGateway gateway, SpecificRecord message) throws InterruptedException {
        while (true) {
            try {
                return ask(gateway, message);
            } catch (NotWrittenException | ExecutionException | TimeoutException notYet) {
                Thread.sleep(100);
            }
        }
    }
}
