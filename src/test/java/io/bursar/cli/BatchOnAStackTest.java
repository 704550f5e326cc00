package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.api.ExitCode;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.stack.Listings;
import io.bursar.stack.RunningStack;
import io.bursar.stack.SharedStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files of commands that are sent to a running system by the command that is for them. */
@ExtendWith(SharedStack.class)
@TestInstance(Lifecycle.PER_CLASS)
class BatchOnAStackTest {
    private static final String ACCOUNT = "batch-1";
    private static final String ORDER = "--instrument=BXYZ-BEUR --side=buy --type=limit --limit-price=10.00";
    private static final int DEPOSITS = 1_500;

    private final RunningStack stack;

    @TempDir
    private Path temporary;

    private String out;
    private String err;

    BatchOnAStackTest(RunningStack stack) {
        this.stack = stack;
    }

    @BeforeAll
    void publish() {
        try (var producer = stack.producer()) {
            Listings.publish(
                    stack,
                    producer,
                    List.of(new Asset("BEUR", 2), new Asset("BXYZ", 4)),
                    List.of(new Instrument("BXYZ-BEUR", "BXYZ", "BEUR", 2, null, null, null)));
        }
    }

    @Test
    void a_file_that_is_sent_twice_takes_effect_once() throws IOException {
        var commands = Stream.of(
                        Stream.of(
                                command("", "open-1", "\"accountId\":\"batch-1\",\"owner\":\"Ada\",\"name\":\"main\"")),
                        IntStream.rangeClosed(1, DEPOSITS)
                                .mapToObj(number -> command(
                                        "/batch-1/deposits", "d-" + number, "\"asset\":\"BEUR\",\"amount\":\"0.10\"")),
                        Stream.of(command("/batch-1/withdrawals", "w-1", "\"asset\":\"BEUR\",\"amount\":\"1000.00\"")))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        var file = Files.writeString(temporary.resolve("commands.ndjson"), commands);

        for (int i = 0; i < 2; i++) {
            assertThat(execute("batch --output=csv " + file)).as(err).isEqualTo(ExitCode.REFUSED);
            assertThat(out.lines()).hasSize(1 + DEPOSITS + 2);
            assertThat(out).contains("1502,422,w-1,").contains("insufficient_funds");
            assertThat(err).contains("1,501 commands accepted, 1 refused.");
            assertThat(out.lines().filter(line -> line.contains(",true,"))).hasSize(i * (DEPOSITS + 2));
        }
        assertThat(execute("batch --output=csv --from=1501 " + file)).isEqualTo(ExitCode.REFUSED);
        assertThat(out.lines()).hasSize(1 + 2);

        assertThat(execute("balances --output=csv " + ACCOUNT)).as(err).isEqualTo(ExitCode.DONE);
        assertThat(out).contains("BEUR,150.00,0.00,150.00");
        assertThat(execute("risk check " + ACCOUNT + " --quantity=15 " + ORDER))
                .as(err)
                .isEqualTo(ExitCode.DONE);
        assertThat(execute("risk check " + ACCOUNT + " --quantity=15.1 " + ORDER))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out).contains("insufficient_funds", "151.00", "150.00");
    }

    private static String command(String path, String key, String body) {
        return "{\"method\":\"POST\",\"path\":\"/accounts%s\",\"idempotencyKey\":\"%s\",\"body\":{%s}}"
                .formatted(path, key, body);
    }

    private int execute(String arguments) {
        var outText = new StringWriter();
        var errText = new StringWriter();
        int code = BursarCommand.commandLine(Map.of("BURSAR_URL", stack.httpUrl()))
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true))
                .execute(arguments.split(" "));
        out = outText.toString();
        err = errText.toString();
        return code;
    }
}
