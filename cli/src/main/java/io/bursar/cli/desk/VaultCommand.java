package io.bursar.cli.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.api.ExitCode;
import io.bursar.cli.base.ApiCommand;
import io.bursar.cli.output.Column;
import io.bursar.cli.output.Printable;
import io.bursar.cli.progress.ProgressLine;
import io.bursar.cli.progress.Text;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bursar vault}. */
@Command(
        name = "vault",
        description = "Shows and checks how the secrets of broker accounts are sealed, and changes the master key.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {VaultCommand.Show.class, VaultCommand.Check.class, VaultCommand.Rotate.class})
public final class VaultCommand {
    private static final Column[] VERSION = {
        Column.number("keyVersion"), Column.number("secrets"), Column.text("newest")
    };

    private VaultCommand() {}

    /** A line for each version of the master key that is the newest, or under which secrets are. */
    private static Iterable<JsonNode> versions(JsonNode vault) {
        int newest = vault.path("newestKeyVersion").asInt();
        var secrets = new TreeMap<Integer, Integer>();
        secrets.put(newest, 0);
        vault.path("secretsByKeyVersion")
                .properties()
                .forEach(version -> secrets.put(
                        Integer.valueOf(version.getKey()), version.getValue().asInt()));
        var lines = JsonNodeFactory.instance.arrayNode();
        secrets.forEach((version, count) -> lines.addObject()
                .put("keyVersion", version)
                .put("secrets", count)
                .put("newest", version == newest));
        return lines;
    }

    /** {@code bursar vault show}. */
    @Command(name = "show", description = "Shows how many secrets are sealed under which version of the master key.")
    static final class Show extends ApiCommand {
        Show() {
            super(VERSION);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get("vault");
        }

        @Override
        protected Iterable<JsonNode> elements(JsonNode answer) {
            return versions(answer);
        }
    }

    /** {@code bursar vault check}. */
    @Command(
            name = "check",
            description =
                    "Opens every secret at the instance that answers, and lists those that do not open. Exit code 1"
                            + " when there is any.")
    static final class Check extends ApiCommand {
        Check() {
            super(Column.text("accountId"), Column.text("secret"), Column.number("version"), Column.text("cause"));
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.post("vault", "check");
        }

        @Override
        protected Iterable<JsonNode> elements(JsonNode answer) {
            return answer.path("faults");
        }

        @Override
        protected void show(ApiAnswer answer) {
            super.show(answer);
            var body = answer.body();
            note("%s of %s secrets open, of %s accounts."
                    .formatted(
                            Text.count(body.path("opened").asLong()),
                            Text.count(body.path("secrets").asLong()),
                            Text.count(body.path("accounts").asLong())));
        }

        @Override
        protected int exitCode(ApiAnswer answer) {
            return answer.body().path("faults").isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
        }
    }

    /** {@code bursar vault rotate}. */
    @Command(
            name = "rotate",
            description =
                    "Adds a version of the master key to its file, waits until the instance that answers knows it,"
                            + " and wraps all secrets with it. Without a file, which is so unless --key-file names one or it is"
                            + " about the stack that `bursar up` started, it wraps them with the newest key that is there. When it"
                            + " was interrupted, the same command goes on. Exit code 1 when secrets are left under older keys.")
    static final class Rotate extends ApiCommand {
        @Option(
                names = "--key-file",
                paramLabel = "FILE",
                description = "The file that the instances have as vault.key.file.")
        private Path keyFile;

        @Option(
                names = "--another",
                description = "Add a version also while secrets are under older ones: for when these do not open.")
        private boolean another;

        Rotate() {
            super(VERSION);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.post("vault", "rewrap");
        }

        @Override
        protected ApiAnswer send(ApiClient client, ApiRequest request) throws InterruptedException {
            var rotation = new KeyRotation(client, this::note);
            var file = Optional.ofNullable(keyFile).or(connection()::stackVaultKeyFile);
            if (file.isPresent()) {
                rotation.bringNewKey(file.get(), another);
            } else if (another) {
                throw usage("--another adds a version to a file: --key-file names it");
            } else {
                note("No file of master keys is given: secrets are wrapped with the newest key that the instance has.");
            }
            return ProgressLine.during(err(), rotation::progress, rotation::rewrapAll);
        }

        @Override
        protected Iterable<JsonNode> elements(JsonNode answer) {
            return versions(answer.path("vault"));
        }

        @Override
        protected void show(ApiAnswer answer) {
            super.show(answer);
            answer.body()
                    .path("faults")
                    .forEach(fault -> note(Printable.of("%s, %s: %s"
                            .formatted(
                                    fault.path("accountId").asText(),
                                    fault.path("secret").asText(),
                                    fault.path("cause").asText()))));
            if (KeyRotation.left(answer) > 0) {
                note("%s accounts have secrets under older keys that were not wrapped; the same command tries again."
                        .formatted(Text.count(KeyRotation.left(answer))));
            }
        }

        @Override
        protected int exitCode(ApiAnswer answer) {
            return KeyRotation.left(answer) == 0 ? ExitCode.DONE : ExitCode.FAILURE;
        }
    }
}
