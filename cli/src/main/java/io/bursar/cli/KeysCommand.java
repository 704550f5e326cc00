package io.bursar.cli;

import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ApiCommand;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import io.bursar.cli.output.Format;
import io.bursar.cli.output.Printable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar keys}. */
@Command(
        name = "keys",
        description = "Shows, makes and ends the keys that the HTTP API asks for.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeysCommand.ListKeys.class,
            KeysCommand.Show.class,
            KeysCommand.Create.class,
            KeysCommand.Revoke.class,
            KeysCommand.Rotate.class,
            KeysBootstrapCommand.class
        })
final class KeysCommand {
    private static final Column[] KEY = {
        Column.text("id"),
        Column.text("name"),
        Column.text("status"),
        Column.text("scopes"),
        Column.text("accounts"),
        Column.text("allowedIps"),
        Column.number("requestsPerSecond"),
        Column.text("createdAt"),
        Column.text("expiresAt"),
        Column.text("lastUsedAt")
    };

    /** Which key. */
    static final class KeyParameter {
        @Parameters(
                index = "0",
                paramLabel = "ID",
                converter = IdConverter.class,
                description = "As `bursar keys list` shows it; not the key itself.")
        private String id;
    }

    /** {@code bursar keys list}. */
    @Command(name = "list", description = "Lists the keys, without what is secret of them.")
    static final class ListKeys extends QueryCommand {
        ListKeys() {
            super("keys", KEY);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get("keys");
        }
    }

    /** {@code bursar keys show}. */
    @Command(name = "show", description = "Shows a key, without what is secret of it.")
    static final class Show extends QueryCommand {
        @Mixin
        private KeyParameter key;

        Show() {
            super(KEY);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get("keys", key.id);
        }
    }

    /** A command that makes a key. As a table it is the key alone, so that a script can take it as it is. */
    abstract static class NewKeyCommand extends ApiCommand {
        static final String OUTPUT =
                " Only now the key is told: alone on standard output, and all else of it on standard"
                        + " error, unless --output is json or csv.";

        NewKeyCommand() {
            super(Column.text("id"), Column.text("key"), Column.text("name"), Column.text("expiresAt"));
        }

        @Override
        protected final void show(ApiAnswer answer) {
            if (format() != Format.TABLE) {
                super.show(answer);
                return;
            }
            var body = answer.body();
            out().println(body.path("key").asText());
            out().flush();
            note("Key %s was made%s. It is not told again."
                    .formatted(
                            Printable.of(body.path("id").asText()),
                            body.hasNonNull("name")
                                    ? " for " + Printable.of(body.path("name").asText())
                                    : ""));
        }
    }

    /** {@code bursar keys create}. */
    @Command(name = "create", description = "Makes a key." + NewKeyCommand.OUTPUT)
    static final class Create extends NewKeyCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Who uses it, for people.")
        private String name;

        @Option(
                names = "--scope",
                required = true,
                split = ",",
                paramLabel = "SCOPE",
                description = "What it allows: account:read, account:write, trade:read, trade:write, admin:read,"
                        + " admin:write.")
        private List<String> scopes;

        @Option(
                names = "--account",
                split = ",",
                paramLabel = "ACCOUNT",
                description = "Of which accounts it allows it; of all when absent.")
        private List<String> accounts;

        @Option(
                names = "--expires-at",
                paramLabel = "INSTANT",
                description = "From when on it is refused, such as 2026-03-02T12:00:00Z; never when absent.")
        private String expiresAt;

        @Option(
                names = "--allow-ip",
                split = ",",
                paramLabel = "CIDR",
                description = "From which networks it may be used, such as 10.1.0.0/16; from all when absent.")
        private List<String> allowedIps;

        @Option(
                names = "--requests-per-second",
                paramLabel = "COUNT",
                description =
                        "How often it may ask, an instance or, with a Redis, all of them; as often as it likes when absent.")
        private Integer requestsPerSecond;

        @Override
        protected ApiRequest request() {
            return ApiRequest.post("keys")
                    .with("name", name)
                    .with("scopes", scopes)
                    .with("accounts", accounts)
                    .with("expiresAt", expiresAt)
                    .with("allowedIps", allowedIps)
                    .with("requestsPerSecond", requestsPerSecond);
        }
    }

    /** {@code bursar keys revoke}. */
    @Command(name = "revoke", description = "Ends a key at once and for good.")
    static final class Revoke extends ApiCommand {
        @Mixin
        private KeyParameter key;

        Revoke() {
            super(KEY);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.delete("keys", key.id);
        }

        @Override
        protected void show(ApiAnswer answer) {
            if (!answer.body().isMissingNode()) {
                super.show(answer);
            }
            note("Key " + key.id + " is revoked.");
        }
    }

    /** {@code bursar keys rotate}. */
    @Command(
            name = "rotate",
            description = "Makes a key that allows the same as another one, which ends." + NewKeyCommand.OUTPUT)
    static final class Rotate extends NewKeyCommand {
        @Mixin
        private KeyParameter key;

        @Option(
                names = "--overlap",
                paramLabel = "SECONDS",
                description = "How long the old key goes on beside the new one.")
        private Integer overlapSeconds;

        @Override
        protected ApiRequest request() {
            return ApiRequest.post("keys", key.id, "rotation").with("overlapSeconds", overlapSeconds);
        }
    }
}
