package io.bursar.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bursar.cli.clients.BursarHttp;
import io.bursar.cli.demo.InMemoryBursar;
import io.bursar.cli.demo.SteppingClock;
import io.bursar.cli.demo.exchange.GeneratedFlow;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.OrderFlow;
import io.bursar.cli.demo.replay.Decisions;
import io.bursar.cli.demo.replay.Replay;
import io.bursar.cli.demo.replay.Sent;
import io.bursar.ledger.Accounts;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.JournalAudit;
import io.bursar.schemas.Balance;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.state.AccountState;
import io.bursar.service.view.OrderView;
import io.bursar.service.view.SnapshotView;
import io.bursar.service.view.SuspendedFillView;
import io.bursar.service.view.Units;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against answers as the API gives them, of accounts that a whole flow has gone through. */
class HttpStoreReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private static OrderFlow flow;
    private static JournalAudit audit;

    private HttpServer server;
    private BursarHttp http;
    private HttpStoreReader reader;
    /** What the stores hold differs from the journal by so much. */
    private long surplus;

    @BeforeAll
    static void let_a_flow_go_through() throws InterruptedException {
        var clock = new SteppingClock();
        var ids = new Ids("run");
        flow = new GeneratedFlow(40, 4_000, 5, ids, clock);
        var decisions = new Decisions(ids, Duration.ofMinutes(1));
        var bursar = new InMemoryBursar(flow, decisions, clock, 5);
        try (bursar) {
            for (var part : List.of(flow.openings(), flow.fundings(), flow.allocations(), flow.trading())) {
                new Replay(bursar.producer(), InMemoryBursar.TOPICS, decisions, new Sent()).run(part);
            }
        }
        audit = bursar.audit();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/accounts/", this::answer);
        server.start();
        http = new BursarHttp(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())), Optional.empty());
        reader = new HttpStoreReader(http);
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    @Test
    void the_picture_that_the_stores_give_is_that_of_the_journal() throws Exception {
        for (var account : audit.accounts()) {
            var stored = reader.read(account.account().getAccountId());
            assertThat(stored).isEqualTo(FoldedPicture.of(account));
        }
        assertThat(audit.accounts())
                .anyMatch(account -> account.account().getOpenOrders() > 0)
                .anyMatch(account -> account.account().getSuspendedFills() > 0)
                .anyMatch(account -> !account.account().getPositions().isEmpty());
    }

    @Test
    void one_unit_too_much_in_the_stores_is_told() throws Exception {
        surplus = 1;
        var account = funded();
        var stored = reader.read(account.account().getAccountId());

        var balance = account.account().getBalances().getFirst();
        assertThat(FoldedPicture.of(account).differencesOf(stored, "the stores"))
                .singleElement()
                .asString()
                .startsWith("balance " + balance.getAsset() + " total is ")
                .contains("in the stores, but", "by the journal");
    }

    @Test
    void an_account_that_nobody_has_named_is_absent() throws Exception {
        assertThat(reader.read("nobody")).isEqualTo(AccountPicture.ABSENT);
    }

    @Test
    void a_service_that_is_not_ready_is_asked_again_and_one_that_fails_is_not() {
        assertThatThrownBy(() -> reader.read("moving"))
                .isInstanceOf(BursarHttp.NotReadyException.class)
                .hasMessageContaining("503");
        assertThatThrownBy(() -> reader.read("broken"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/api/v1/accounts/broken/snapshot?limit=10000 was answered with 500");
    }

    @Test
    void a_query_is_followed_to_the_instance_that_has_the_account() throws Exception {
        assertThat(reader.read("elsewhere")).isEqualTo(FoldedPicture.of(funded()));
    }

    @Test
    void of_instances_that_do_not_know_of_each_other_all_are_asked() throws Exception {
        var base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/other/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(503, -1);
            }
        });
        try (var both = new BursarHttp(List.of(URI.create(base + "/other"), URI.create(base)), Optional.empty())) {
            var account = funded();
            assertThat(new HttpStoreReader(both).read(account.account().getAccountId()))
                    .isEqualTo(FoldedPicture.of(account));
        }
    }

    private static FoldedAccount funded() {
        return audit.accounts().stream()
                .filter(account -> !account.account().getBalances().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().split("/", -1);
            if (path[4].equals("elsewhere")) {
                var id = funded().account().getAccountId();
                exchange.getResponseHeaders().add("Location", "/api/v1/accounts/" + id + "/snapshot?limit=10000");
                exchange.sendResponseHeaders(307, -1);
                return;
            }
            var account = audit.account(path[4]);
            if (account == null) {
                exchange.sendResponseHeaders(path[4].equals("moving") ? 503 : path[4].equals("broken") ? 500 : 404, -1);
                return;
            }
            var body = JSON.writeValueAsBytes(view(account));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private SnapshotView view(FoldedAccount folded) {
        var account = copy(folded.account());
        account.setBalances(withSurplus(account.getBalances()));
        var units = new Units(InMemoryBursar.reference(flow));
        return SnapshotView.of(
                account,
                false,
                folded.orders().stream()
                        .filter(order -> order.getStatus() == OrderStatus.ACTIVE
                                || order.getStatus() == OrderStatus.PARTIALLY_FILLED)
                        .map(order -> OrderView.of(order, units))
                        .toList(),
                folded.suspendedFills().stream()
                        .map(fill -> SuspendedFillView.of(fill, units))
                        .toList());
    }

    private static AccountState copy(AccountState account) {
        return Accounts.withLastHash(account, account.getLastHash());
    }

    private List<Balance> withSurplus(List<Balance> balances) {
        return IntStream.range(0, balances.size())
                .mapToObj(i -> withSurplus(balances.get(i), i == 0 ? surplus : 0))
                .toList();
    }

    private static Balance withSurplus(Balance balance, long more) {
        return new Balance(
                balance.getStrategy(),
                balance.getAsset(),
                balance.getScale(),
                balance.getTotal() + more,
                balance.getReserved());
    }
}
