package io.bursar.cli;

import io.bursar.cli.base.ConnectionOptions;
import io.bursar.cli.base.OutputOption;
import io.bursar.cli.batch.BatchRun;
import io.bursar.cli.batch.CommandFile;
import io.bursar.cli.output.Column;
import io.bursar.cli.output.Listing;
import io.bursar.cli.progress.ProgressLine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bursar batch}. */
@Command(
        name = "batch",
        description = {
            "Sends the commands of a file in their order, up to 1,000 in a request, and writes the answer to each, with"
                    + " its number in the file. A command is a JSON object with method, path from /accounts on, body, and"
                    + " idempotencyKey: {\"method\": \"POST\", \"path\": \"/accounts/alice/deposits\", \"idempotencyKey\":"
                    + " \"d-1\", \"body\": {\"asset\": \"USD\", \"amount\": \"10\"}}.",
            "It is safe to send a file again: a command is known by its idempotencyKey, by the orderId of an order or the"
                    + " executionId of a fill in its body, takes effect once, and gets its first answer again. A command"
                    + " without any of them is not sent, nor what follows it.",
            "A command that is refused does not stop the others. One that is not decided in time stops them at the end of"
                    + " its request, since they may depend on it; which command to go on from is then on standard error."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All were accepted.",
            "2:The file does not go on with a command that can be sent, or the API understands none of a request.",
            "3:All were sent, and some of them refused or not understood.",
            "4:One is not decided, or an answer was lost; what follows was not sent.",
            "1, 5:As for all commands."
        })
final class BatchCommand implements Callable<Integer> {
    private static final Listing ANSWERS = new Listing(
            Column.number("number"),
            Column.number("status"),
            Column.text("idempotencyKey"),
            Column.text("replayed"),
            Column.text("body.accountId"),
            Column.number("body.sequence"),
            Column.text("body.outcome"),
            Column.text("body.reason"),
            Column.text("body.detail"));

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private OutputOption output;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A JSON array of commands, or one after the other as in NDJSON; - for standard input.")
    private Path file;

    @Option(
            names = "--from",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Which command of the file to begin with, counted from ${DEFAULT-VALUE}.")
    private long from;

    @Override
    public Integer call() throws InterruptedException {
        if (from < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--from is '" + from + "', but must be the number of a command, from 1 on");
        }
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try (var client = connection.client();
                var commands = CommandFile.open(file)) {
            var batch = new BatchRun(client, commands, from);
            var printer = ANSWERS.printer(out, output.format());
            var ending = ProgressLine.during(
                    err,
                    batch::progress,
                    line -> batch.run(answers -> line.beside(() -> {
                        answers.forEach(printer);
                        out.flush();
                    })));
            if (!ending.sentence().isEmpty()) {
                err.println(ending.sentence());
                err.flush();
            }
            return ending.exitCode();
        }
    }
}
