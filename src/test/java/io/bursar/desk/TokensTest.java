package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.local.ComponentName;
import io.bursar.stack.RunningStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances that share the refreshing of tokens which live forty seconds, while they are killed in turn: the tokens stay
 * valid, no account is refreshed twice at once, the history has no hole, and no secret is anywhere in clear.
 */
class TokensTest {
    private static final Duration LIFE = Duration.ofSeconds(40);
    private static final Duration WATCHED = Duration.ofSeconds(48);
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(24);
    private static final int ACCOUNTS = 3;
    private static final String SECRET = "password-that-nobody-may-see";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    @Test
    void tokens_stay_valid_and_are_renewed_by_one_worker_at_a_time_though_instances_are_killed() throws Exception {
        try (var issuer = new TokenIssuer(LIFE);
                var stack = RunningStack.startInstances(
                        "tokens",
                        2,
                        "--brokers.file=" + brokersFile(issuer),
                        // So that a worker that is killed in a call does not hold up its account for long.
                        "--token.call.timeout.ms=2000")) {
            for (int number = 0; number < ACCOUNTS; number++) {
                create(stack, number);
            }
            awaitValid(stack);
            watch(stack);

            assertThat(issuer.overlapping()).isEmpty();
            for (int number = 0; number < ACCOUNTS; number++) {
                checkHistory(stack, number);
            }
            checkThatNoSecretIsInClear(stack, issuer);
        }
    }

    private Path brokersFile(TokenIssuer issuer) throws IOException {
        return Files.writeString(
                folder.resolve("brokers.yaml"),
                "acme: {kind: oauth2, productionUrl: \"%s\", requestsPerMinute: 600}%n".formatted(issuer.url()));
    }

    private void create(RunningStack stack, int number) throws IOException, InterruptedException {
        var body = """
                {"owner": "desk-1", "name": "Account", "number": "U%d", "broker": "acme", "environment": "PRODUCTION",
                 "properties": {"clientId": "client-%d"}, "secrets": {"clientSecret": "%s"}}""".formatted(number, number, SECRET);
        var request = HttpRequest.newBuilder(URI.create(stack.httpUrls().getFirst() + "/api/v1/broker-accounts"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    private void awaitValid(RunningStack stack) throws InterruptedException {
        var until = Instant.now().plusSeconds(30);
        while (!isValidSomewhere(stack).orElse(false)) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(200);
        }
    }

    private void watch(RunningStack stack) throws InterruptedException {
        var until = Instant.now().plus(WATCHED);
        var nextKill = Instant.now().plusSeconds(5);
        var victims = List.of(ComponentName.BURSAR, ComponentName.BURSAR_2);
        int kills = 0;
        int answered = 0;
        while (Instant.now().isBefore(until)) {
            var isValid = isValidSomewhere(stack);
            if (isValid.isPresent()) {
                answered++;
                assertThat(isValid.get()).isTrue();
            }
            if (Instant.now().isAfter(nextKill)) {
                stack.kill(victims.get(kills++ % victims.size()));
                nextKill = Instant.now().plus(BETWEEN_KILLS);
            }
            Thread.sleep(300);
        }
        assertThat(kills).isEqualTo(2);
        assertThat(answered).isGreaterThan(20);
    }

    /** Whether an instance knows a valid token of every account; empty when none answers. */
    private Optional<Boolean> isValidSomewhere(RunningStack stack) throws InterruptedException {
        Optional<Boolean> found = Optional.empty();
        for (var url : stack.httpUrls()) {
            var listed = get(url + "/api/v1/broker-accounts");
            if (listed.isPresent()) {
                var accounts = listed.get().get("accounts");
                boolean isValid = accounts.size() == ACCOUNTS;
                for (var account : accounts) {
                    isValid &= account.at("/token/status").textValue().equals("VALID");
                }
                found = Optional.of(isValid || found.orElse(false));
            }
        }
        return found;
    }

    private Optional<JsonNode> get(String url) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException killed) {
            return Optional.empty();
        }
    }

    private void checkHistory(RunningStack stack, int number) throws InterruptedException {
        var path = "/api/v1/broker-accounts/acme:production:U" + number + "/token/refreshes";
        Optional<JsonNode> history = Optional.empty();
        var until = Instant.now().plusSeconds(60);
        while (history.isEmpty()) {
            assertThat(Instant.now()).isBefore(until);
            history = get(stack.httpUrls().getFirst() + path);
            Thread.sleep(200);
        }
        var refreshes = history.get().get("refreshes");
        assertThat(refreshes.size()).isGreaterThanOrEqualTo((int) (WATCHED.toSeconds() / LIFE.toSeconds()));
        var numbers = new TreeSet<Long>();
        refreshes.forEach(refresh -> numbers.add(refresh.get("number").longValue()));
        assertThat(numbers.getFirst()).isEqualTo(1);
        assertThat(numbers.getLast()).isEqualTo(numbers.size());
        // Each took over from the token of the one before.
        for (int i = 0; i + 1 < refreshes.size(); i++) {
            if (refreshes.get(i).get("outcome").textValue().equals("SUCCEEDED")
                    && refreshes.get(i + 1).get("outcome").textValue().equals("SUCCEEDED")) {
                assertThat(refreshes.get(i).get("oldSha256"))
                        .isEqualTo(refreshes.get(i + 1).get("newSha256"));
            }
        }
    }

    private static void checkThatNoSecretIsInClear(RunningStack stack, TokenIssuer issuer) throws IOException {
        var topics = stack.topics();
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var reader = stack.read(List.of(
                topics.brokerAccounts(),
                topics.tokens(),
                topics.tokenRefreshes(),
                topics.brokerAccountStates(),
                topics.tokenHistory(),
                topics.replies(),
                topics.audit()))) {
            found.addAll(reader.readToEnd());
        }
        assertThat(found).hasSizeGreaterThan(20);
        for (var record : found) {
            requireNoSecret(record.topic(), record.value(), issuer);
        }
        assertThat(stack.options().dataFolder().resolve("logs/bursar.log"))
                .as("what would hold a secret if one were logged")
                .content()
                .contains("HTTP API on");
        try (var files = Files.walk(stack.options().dataFolder())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                // What the processes say, and the segments of the broker, of topics and of changelogs.
                if (file.toString().endsWith(".log")) {
                    requireNoSecret(file.toString(), Files.readAllBytes(file), issuer);
                }
            }
        }
    }

    private static void requireNoSecret(String where, byte[] bytes, TokenIssuer issuer) {
        if (bytes != null) {
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(text.contains(SECRET) || text.contains(issuer.mark()))
                    .as("a secret in clear in %s", where)
                    .isFalse();
        }
    }
}
