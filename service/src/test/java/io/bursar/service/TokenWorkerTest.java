package io.bursar.service;

import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bursar.brokers.StubServer;
import io.bursar.brokers.TigerStub;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.service.desk.DeskService;
import io.bursar.service.desk.TokenWorker;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker with a real vault and a real desk, and a server that checks what Tiger Brokers would check. */
final class TokenWorkerTest {
    private static final String ID = "tiger:production:U1";
    private static final String PATH = "/api/v1/broker-accounts/" + ID;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final TigerStub tiger = TigerStub.start();
    private final DeskInMemory desk = new DeskInMemory(3);
    private final InMemorySecurity security = new InMemorySecurity(new MetricRegistry());
    private DeskService service;
    private TokenWorker worker;
    private Api api;
    private String admin;
    private String first;

    @BeforeEach
    void start() throws IOException {
        var brokers = Files.writeString(folder.resolve("brokers.yaml"), tiger.brokersFile());
        service = DeskService.of(
                        Settings.load(SettingsSource.flags(Map.of(
                                "vault",
                                "development",
                                "vault.key.file",
                                folder.resolve("vault.keys").toString(),
                                "brokers.file",
                                brokers.toString(),
                                "token.call.timeout.ms",
                                "2000"))),
                        Map.of())
                .orElseThrow();
        worker = service.worker(() -> desk);
        desk.worker = worker::take;
        api = new Api(new LedgerInstance().with(desk), security, service);
        admin = security.administrator();
        var keys = TigerStub.keys();
        var now = Instant.now();
        first = TigerStub.token(now.minusSeconds(7_000), now.plusSeconds(200), "first");
        tiger.register("7", keys.getPublic(), first);
        var made = send("POST", "/api/v1/broker-accounts", """
                {"owner": "o", "name": "n", "number": "U1", "broker": "tiger", "environment": "PRODUCTION",
                 "licence": "TBHK", "properties": {"tigerId": "7"},
                 "secrets": {"privateKey": "%s", "accessToken": "%s"}}""".formatted(
                        Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()), first));
        assertThat(made).contains("\"usesTokens\":true");
    }

    @AfterEach
    void stop() {
        api.close();
        worker.close();
        service.close();
        tiger.close();
    }

    @Test
    void a_signed_request_gets_a_token_and_the_next_one_shows_the_one_before() throws InterruptedException {
        desk.tick();
        await(account -> account.getToken() != null);
        assertThat(account().getToken().getStatus()).isEqualTo(BrokerTokenStatus.VALID);
        var hash = account().getToken().getHash();

        send("POST", PATH + "/token/refreshes", "{\"force\": true}");
        await(account -> !account.getToken().getHash().equals(hash));

        assertThat(tiger.tokensIssued()).isEqualTo(2);
        assertThat(desk.copy().refreshes(ID))
                .hasSize(2)
                .allMatch(refresh -> refresh.getOutcome() == RefreshOutcome.SUCCEEDED);
    }

    @Test
    void a_broker_that_fails_once_is_asked_again() throws InterruptedException {
        tiger.next(StubServer.status(500));

        desk.tick();
        await(account -> account.getRefresh() != null && account.getRefresh().getAttempt() == 2);
        assertThat(account().getRefresh().getLastCode()).isEqualTo("http_500");
        var until = Instant.now().plus(PATIENCE);
        while (account().getToken() == null && Instant.now().isBefore(until)) {
            desk.tick();
            Thread.sleep(50);
        }

        assertThat(account().getToken()).isNotNull();
    }

    @Test
    void a_broker_that_refuses_is_not_asked_again_and_counts_an_error() throws InterruptedException {
        tiger.fail(tiger.failure(4, "access forbidden"));

        desk.tick();
        await(account -> account.getUsage().getErrorsInRow() == 1);

        assertThat(account().getRefresh()).isNull();
        assertThat(desk.copy().refreshes(ID).getFirst())
                .returns(RefreshOutcome.FAILED, refresh -> refresh.getOutcome())
                .returns(1, refresh -> refresh.getAttempts());
    }

    @Test
    void a_broker_that_never_answers_is_given_up_in_time() throws InterruptedException {
        tiger.fail(StubServer.never());

        desk.tick();
        await(account -> account.getRefresh() != null && account.getRefresh().getAttempt() == 2);

        assertThat(account().getRefresh().getLastCode()).isEqualTo("timeout");
    }

    @Test
    void the_broker_is_asked_whether_it_takes_a_token() throws InterruptedException {
        desk.tick();
        await(account -> account.getToken() != null);

        assertThat(send("POST", PATH + "/token/validation", "")).contains("\"verdict\":\"VALID\"");
        tiger.fail(tiger.failure(4, "access forbidden"));
        assertThat(send("POST", PATH + "/token/validation", "")).contains("\"verdict\":\"INVALID\"");
    }

    private String send(String method, String path, String body) {
        var answer =
                api.send(method, path, body, "Authorization", "Bearer " + admin, "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        assertThat(json(answer)).isNotNull();
        return answer.body();
    }

    private BrokerAccount account() {
        return desk.copy().account(ID).orElseThrow();
    }

    private void await(Predicate<BrokerAccount> condition) throws InterruptedException {
        assertThat(desk.copy().await(ID, condition, PATIENCE))
                .as("%s", account())
                .isTrue();
    }
}
