package io.bursar.cli.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.api.ApiAnswer;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.progress.Text;
import io.bursar.vault.KeyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Brings a new master key into use, and wraps all secrets with it. May be interrupted at any point: what is begun is found in
 * the file and at the instance, and goes on the next time. For one thread, but for {@link #progress}.
 */
final class KeyRotation {
    private static final ApiRequest VAULT = ApiRequest.get("vault");

    /** So few accounts that each request is answered long before a client gives up, and progress can be seen. */
    private static final ApiRequest REWRAP = ApiRequest.post("vault", "rewrap").with("accounts", 20);

    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);

    private final ApiClient client;
    private final Consumer<String> notes;
    private final AtomicInteger rewrapped = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger(-1);

    /** @param notes takes sentences about what is done */
    KeyRotation(ApiClient client, Consumer<String> notes) {
        this.client = client;
        this.notes = notes;
    }

    /**
     * Sees to it that the newest key of the file is known at the instance and new: adds one, unless an earlier rotation is not
     * through.
     *
     * @param another adds one even then
     * @throws CommandException when the instance has another file, or does not know the key in time
     * @throws io.bursar.vault.MasterKeyException when the file cannot be used
     */
    void bringNewKey(Path path, boolean another) throws InterruptedException {
        var vault = client.ask(VAULT).body();
        var file = new KeyFile(path);
        int inFile = file.keys().newest().version();
        int known = newestVersion(vault);
        if (inFile < known) {
            throw new CommandException(
                    "%s ends with version %d of the master key, but the instance has version %d: it has another file."
                            .formatted(path, inFile, known));
        }
        int older = secretsUnderOlderKeys(vault);
        int version = inFile;
        if (another || (inFile == known && older == 0)) {
            version = file.addVersion();
            notes.accept("Version %d of the master key is in %s: keep a copy of it apart.".formatted(version, path));
        } else if (inFile == known) {
            notes.accept("A rotation to version %d is not through, %s secrets are under older keys: it goes on."
                    .formatted(version, Text.count(older)));
        }
        awaitKnown(version, path);
    }

    private void awaitKnown(int version, Path path) throws InterruptedException {
        var known = Repeat.until(
                KNOWN_WITHIN,
                () -> Optional.of(client.ask(VAULT).body()).filter(vault -> newestVersion(vault) >= version));
        if (known.isEmpty()) {
            throw new CommandException(
                    "The instance does not know version %d of the master key after %d s: is %s its vault.key.file? The same command goes on."
                            .formatted(version, KNOWN_WITHIN.toSeconds(), path));
        }
    }

    /**
     * Wraps secrets until none is left under an older key, or those that are left cannot be wrapped.
     *
     * @return the last answer of the API
     */
    ApiAnswer rewrapAll() throws InterruptedException {
        while (true) {
            var answer = Repeat.until(ANSWERED_WITHIN, () -> Optional.of(client.ask(REWRAP)))
                    .orElseThrow();
            int done = answer.body().path("rewrapped").asInt();
            rewrapped.addAndGet(done);
            left.set(left(answer));
            if (done == 0 || left(answer) == 0) {
                return answer;
            }
        }
    }

    /** How many accounts have secrets under older keys, by an answer of {@link #rewrapAll}. */
    static int left(ApiAnswer answer) {
        return answer.body().path("left").asInt();
    }

    /** How far it is. */
    String progress() {
        var open = left.get();
        return "%s accounts are wrapped anew, %s."
                .formatted(
                        Text.count(rewrapped.get()),
                        open < 0 ? "and others are to come" : Text.count(open) + " are left");
    }

    private static int newestVersion(JsonNode vault) {
        return vault.path("newestKeyVersion").asInt();
    }

    private static int secretsUnderOlderKeys(JsonNode vault) {
        int newest = newestVersion(vault);
        return vault.path("secretsByKeyVersion").properties().stream()
                .filter(version -> Integer.parseInt(version.getKey()) < newest)
                .mapToInt(version -> version.getValue().asInt())
                .sum();
    }
}
