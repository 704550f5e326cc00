package io.bursar.service;

import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.RefreshRequested;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.schemas.RoutingCount;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRevoked;
import io.bursar.service.desk.DeskService;
import io.bursar.service.http.Access;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.service.security.KeyRights;
import io.bursar.topology.UnavailableException;
import io.bursar.topology.commands.NotWrittenException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterRoutesTest {
    private static final String ROUTE = "/api/v1/route";
    private static final String OPERATIONS = "/api/v1/operations";
    private static final String QUOTE = "{\"operation\":\"QUOTE\"}";
    private static final String ORDER = "{\"operation\":\"PLACE_ORDER\"}";
    private static final Duration LIFE = Duration.ofHours(8);

    private final DeskInMemory desk = new DeskInMemory();
    private final InMemorySecurity security = new InMemorySecurity(new MetricRegistry());
    private final DeskService service = DeskInMemory.service();
    private final Api api = new Api(new LedgerInstance().with(desk), security, service);
    private final String admin = security.administrator();

    @AfterEach
    void stop() {
        api.close();
        service.close();
    }

    @Test
    void an_account_is_given_with_all_that_its_use_takes_and_without_its_token() {
        var id = desk.open(
                "U1",
                creation ->
                        creation.setUsesTokens(true).setLedgerAccountId("A1").setPermissions(List.of("us_stock")));
        desk.worker = call -> desk.succeed(call, LIFE);

        var answer = route("""
                {"operation":"PLACE_ORDER","permissions":["us_stock"],"environment":"PRODUCTION","owner":"desk-1"}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer))
                .isEqualTo(json("""
                {"accountId":"acme:production:U1","number":"U1","broker":"acme","environment":"PRODUCTION",
                 "type":"STANDARD","ledgerAccountId":"A1","tokenExpiresAt":"%s","strategy":"ROUND_ROBIN","tried":[]}""".formatted(desk.account(id).getToken().getExpiresAt())));
    }

    @Test
    void accounts_take_turns_and_other_strategies_can_be_asked_for() {
        desk.open("U1");
        desk.open("U2");
        desk.open("U3");

        assertThat(numbers(4, QUOTE)).containsExactly("U1", "U2", "U3", "U1");
        var leastUsed = route("{\"operation\":\"QUOTE\",\"strategy\":\"LEAST_USED\"}");
        assertThat(numberIn(leastUsed)).isEqualTo("U2");
        assertThat(json(leastUsed).get("strategy").textValue()).isEqualTo("LEAST_USED");
        assertThat(json(route("{\"operation\":\"QUOTE\",\"strategy\":\"RANDOM\"}"))
                        .get("strategy")
                        .textValue())
                .isEqualTo("RANDOM");
    }

    @Test
    void the_fastest_goes_by_the_times_that_were_reported() {
        desk.open("U1");
        desk.open("U2");
        report("{\"accountId\":\"acme:production:U1\",\"operation\":\"QUOTE\",\"success\":true,\"durationMs\":80}");
        report("{\"accountId\":\"acme:production:U2\",\"operation\":\"QUOTE\",\"success\":true,\"durationMs\":20}");

        assertThat(numbers(2, "{\"operation\":\"QUOTE\",\"strategy\":\"FASTEST_RESPONSE\"}"))
                .containsExactly("U2", "U2");
    }

    @Test
    void the_default_account_comes_first_for_its_purpose() {
        desk.open("U1");
        desk.open("U2", creation -> creation.setDefaultTrading(true));

        var answer = route("{\"operation\":\"PLACE_ORDER\",\"purpose\":\"TRADING\",\"owner\":\"desk-1\"}");
        assertThat(numberIn(answer)).isEqualTo("U2");
        assertThat(json(answer).get("strategy").textValue()).isEqualTo("DEFAULT");
        assertThat(numberIn(route(
                        "{\"operation\":\"PLACE_ORDER\",\"purpose\":\"TRADING\",\"strategy\":\"FASTEST_RESPONSE\"}")))
                .isEqualTo("U1");
    }

    @Test
    void without_an_account_the_reasons_are_counted() {
        var inactive = desk.open("U1");
        desk.command(inactive, new SetBrokerAccountStatus(BrokerAccountStatus.INACTIVE, null));
        desk.open("U2");
        desk.open(
                "U3",
                creation -> creation.setEnvironment(BrokerEnvironment.SANDBOX).setPermissions(List.of("us_stock")));
        desk.open("U4", creation -> creation.setPermissions(List.of("us_stock")).setOwner("desk-2"));

        var answer = route("{\"operation\":\"PLACE_ORDER\",\"permissions\":[\"us_stock\"],\"owner\":\"desk-1\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer)).isEqualTo(json("""
                {"type":"about:blank","title":"Conflict","status":409,"reason":"no_account",
                 "detail":"no broker account can be used for PLACE_ORDER: 1 not_active, 1 not_for_trading, 1 permission_missing",
                 "refused":{"not_active":1,"not_for_trading":1,"permission_missing":1}}"""));
        assertThat(json(route("{\"operation\":\"QUOTE\",\"owner\":\"nobody\"}"))
                        .get("detail")
                        .textValue())
                .isEqualTo("no broker account can be used for QUOTE: there is none to choose from");
    }

    @Test
    void a_token_that_is_not_there_is_asked_for_and_waited_for() {
        var id = desk.openWithoutToken("U1");
        desk.worker = call -> later(Duration.ofMillis(300), () -> desk.succeed(call, LIFE));

        var answer = route(QUOTE);

        assertThat(numberIn(answer)).isEqualTo("U1");
        assertThat(json(answer).has("tokenExpiresAt")).isTrue();
        assertThat(refreshesAsked()).hasSize(1);
        var request = refreshesAsked().getFirst();
        assertThat(request.getTrigger()).isEqualTo(RefreshTrigger.ON_DEMAND);
        assertThat(request.getTokenVersion()).isZero();
        assertThat(desk.account(id).getToken().getVersion()).isEqualTo(1);
    }

    @Test
    void an_expired_token_is_renewed_although_the_desk_has_not_said_so_yet() throws InterruptedException {
        var id = desk.openWithToken("U1", Duration.ofMillis(50));
        Thread.sleep(60);
        assertThat(usage(id).at("/availability/data/reason").textValue()).isEqualTo("token_not_valid");
        desk.worker = call -> desk.succeed(call, LIFE);

        assertThat(route(QUOTE).statusCode()).isEqualTo(200);
        assertThat(refreshesAsked().getFirst().getTokenVersion()).isEqualTo(1);
        assertThat(usage(id).at("/availability/data/available").booleanValue()).isTrue();
    }

    @Test
    void a_refresh_that_is_under_way_is_waited_for_and_not_asked_for_again() {
        desk.openWithoutToken("U1");
        desk.worker = call -> later(Duration.ofMillis(500), () -> desk.succeed(call, LIFE));
        var first =
                later(Duration.ZERO, () -> assertThat(route(QUOTE).statusCode()).isEqualTo(200));
        awaitUntil(() -> desk.account("acme:production:U1").getRefresh() != null);

        assertThat(route(QUOTE).statusCode()).isEqualTo(200);
        assertThat(refreshesAsked()).hasSize(1);
        awaitUntil(() -> !first.isAlive());
    }

    @Test
    void an_account_that_gets_no_token_drops_out_and_the_next_is_tried() {
        desk.openWithoutToken("U1");
        desk.openWithToken("U2", LIFE);
        desk.worker = call -> desk.fail(call, "login_refused");

        var answer = route(QUOTE);

        assertThat(numberIn(answer)).isEqualTo("U2");
        assertThat(json(answer).get("tried"))
                .isEqualTo(json("[{\"accountId\":\"acme:production:U1\",\"reason\":\"token_not_valid\"}]"));
    }

    @Test
    void after_a_refresh_that_failed_nobody_goes_before_the_pause_of_the_desk() {
        desk.openWithoutToken("U1");
        desk.worker = call -> desk.fail(call, "login_refused");
        // The account keeps its pause, which lasts for seconds, while requests come.
        assertThat(route(QUOTE).statusCode()).isEqualTo(409);
        assertThat(route(QUOTE).statusCode()).isEqualTo(409);

        assertThat(refreshesAsked()).hasSize(1);
        assertThat(desk.account("acme:production:U1").getUsage().getErrorsInRow())
                .isEqualTo(1);
    }

    @Test
    void all_waiting_for_tokens_ends_after_five_seconds() {
        desk.openWithoutToken("U1");
        desk.openWithoutToken("U2");
        desk.openWithToken("U3", LIFE);
        long started = System.nanoTime();

        var answer = route(QUOTE);

        assertThat(numberIn(answer)).isEqualTo("U3");
        assertThat(json(answer).get("tried")).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(4_900), Duration.ofSeconds(8));
    }

    @Test
    void a_desk_that_is_silent_does_not_keep_the_next_account_from_being_tried() {
        desk.openWithoutToken("U1");
        desk.open("U2");
        desk.silent = true;

        assertThat(numberIn(route(QUOTE))).isEqualTo("U2");
    }

    @Test
    void a_revoked_token_is_not_renewed() {
        var id = desk.openWithToken("U1", LIFE);
        desk.event(id, new TokenRevoked("stolen"));

        var answer = route(QUOTE);

        assertThat(json(answer).get("refused")).isEqualTo(json("{\"token_not_valid\":1}"));
        assertThat(refreshesAsked()).isEmpty();
    }

    @Test
    void a_key_that_is_bound_to_accounts_is_given_these_alone() {
        desk.open("U1");
        var second = desk.open("U2");
        var bound = security.key(new KeyRights(
                "desk",
                List.of(Access.TRADE_READ, Access.TRADE_WRITE, Access.ACCOUNT_READ, Access.ADMIN_READ),
                List.of(second),
                null,
                List.of(),
                null));

        for (int time = 0; time < 3; time++) {
            assertThat(numberIn(send("POST", ROUTE, QUOTE, bound))).isEqualTo("U2");
        }
        var foreign = "{\"accountId\":\"acme:production:U1\",\"operation\":\"QUOTE\",\"success\":true}";
        refused(send("POST", OPERATIONS, foreign, bound), 403, "account_not_allowed");
        refused(send("GET", usagePath("acme:production:U1"), "", bound), 403, "account_not_allowed");
        assertThat(json(send("GET", "/api/v1/routing", "", bound)).get("accounts"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/route, ACCOUNT_READ",
        "POST, /api/v1/operations, TRADE_READ",
        "GET, /api/v1/broker-accounts/acme:production:U1/usage, TRADE_READ",
        "GET, /api/v1/routing, ACCOUNT_READ"
    })
    void each_route_asks_for_its_own_scope(String method, String path, Access other) {
        var key = security.key(InMemorySecurity.rights(other));

        refused(send(method, path, "", key), 403, "scope_missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"operation\":\"BUY\"}",
                "{\"operation\":\"QUOTE\",\"permissions\":[\"US\"]}",
                "{\"operation\":\"QUOTE\",\"permissions\":[\"us\",\"us\"]}",
                "{\"operation\":\"QUOTE\",\"environment\":\"TEST\"}",
                "{\"operation\":\"QUOTE\",\"owner\":\"a b\"}",
                "{\"operation\":\"QUOTE\",\"purpose\":\"QUOTE\"}",
                "{\"operation\":\"QUOTE\",\"strategy\":\"BEST\"}"
            })
    void what_a_request_for_an_account_cannot_mean_is_refused(String body) {
        refused(route(body), 400, "field_invalid");
    }

    @Test
    void a_request_for_an_account_names_its_operation_and_nothing_that_is_unknown() {
        refused(route("{}"), 400, "field_missing");
        refused(route("{\"operation\":\"QUOTE\",\"broker\":\"acme\"}"), 400, "field_unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'operation':'QUOTE' | 400 | field_missing",
                "'success':true | 400 | field_missing",
                "'operation':'BUY','success':true | 400 | field_invalid",
                "'operation':'QUOTE','success':'yes' | 400 | field_invalid",
                "'operation':'QUOTE','success':true,'durationMs':-1 | 400 | field_invalid",
                "'operation':'QUOTE','success':true,'code':'timeout' | 400 | field_invalid",
                "'operation':'QUOTE','success':false,'code':'no way' | 400 | field_invalid",
                "'operation':'QUOTE','success':true,'error':'x' | 400 | field_unknown",
                "'operation':'QUOTE','success':true,'accountId':'acme:production:U9' | 404 | broker_account_not_found"
            })
    void a_report_that_cannot_be_counted_is_refused(String fields, int status, String reason) {
        desk.open("U1");
        var account = fields.contains("accountId") ? "" : "'accountId':'acme:production:U1',";

        refused(post(OPERATIONS, ("{" + account + fields + "}").replace('\'', '"')), status, reason);
        assertThat(desk.reports).isEmpty();
    }

    @Test
    void reports_are_counted_and_errors_take_an_account_out_of_trading() {
        var id = desk.open("U1");
        var failed = """
                {"accountId":"acme:production:U1","operation":"PLACE_ORDER","success":false,"durationMs":1500,
                 "code":"timeout"}""";
        for (int error = 0; error < 5; error++) {
            var answer = report(failed);
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(json(answer)).isEqualTo(json("{\"accountId\":\"%s\",\"outcome\":\"reported\"}".formatted(id)));
        }

        assertThat(json(route(ORDER)).get("refused")).isEqualTo(json("{\"too_many_errors\":1}"));
        assertThat(route(QUOTE).statusCode()).isEqualTo(200);
        var outcome = (OperationOutcome) desk.reports.getFirst().getBody();
        assertThat(outcome.getDurationMicros()).isEqualTo(1_500_000);
        var usage = usage(id);
        assertThat(usage.get("availability")).isEqualTo(json("""
                {"trading":{"available":false,"reason":"too_many_errors"},"data":{"available":true},
                 "account":{"available":true}}"""));
        assertThat(usage.get("errorsInRow").intValue()).isEqualTo(5);
        assertThat(usage.get("lastError").textValue()).isEqualTo("timeout");
        assertThat(Instant.parse(usage.get("lastErrorAt").textValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(usage.get("callsOfDay").longValue()).isBetween(1L, 5L);
        assertThat(usage.get("meanDurationMs").doubleValue()).isEqualTo(1_500.0);
        assertThat(usage.get("operations")).isEqualTo(json("""
                [{"operation":"PLACE_ORDER","calls":5,"errors":5,"routed":0},
                 {"operation":"QUOTE","calls":0,"errors":0,"routed":1}]"""));
    }

    @Test
    void an_account_that_is_not_known_has_no_usage() {
        refused(get(usagePath("acme:production:U9")), 404, "broker_account_not_found");
    }

    @Test
    void the_routing_shows_how_the_accounts_share_each_operation() {
        desk.open("U1");
        desk.open("U2");
        desk.open("U3");
        numbers(4, QUOTE);
        numbers(1, ORDER);

        var accounts = json(get("/api/v1/routing")).get("accounts");

        assertThat(accounts.findValuesAsText("accountId"))
                .containsExactly("acme:production:U1", "acme:production:U2", "acme:production:U3");
        assertThat(accounts.get(0).get("operations")).isEqualTo(json("""
                [{"operation":"PLACE_ORDER","routed":1,"share":1.0},{"operation":"QUOTE","routed":2,"share":0.5}]"""));
        assertThat(accounts.get(1).get("operations"))
                .isEqualTo(json("[{\"operation\":\"QUOTE\",\"routed\":1,\"share\":0.25}]"));
        assertThat(accounts.get(0).get("status").textValue()).isEqualTo("ACTIVE");
        assertThat(accounts.get(0).at("/availability/trading/available").booleanValue())
                .isTrue();
    }

    @Test
    void what_is_given_is_published_soon_and_once() throws InterruptedException {
        var id = desk.open("U1");
        numbers(3, QUOTE);

        awaitUntil(() -> published(id) == 3);
        int reports = desk.reports.size();
        Thread.sleep(500);
        assertThat(desk.reports).as("nothing changed").hasSize(reports);
        var count = (RoutingCount) desk.reports.getLast().getBody();
        assertThat(count.getRouted()).isEqualTo(3);
        assertThat(count.getRotatedAt()).isNotNull();
        assertThat(usage(id).at("/operations/0/routed").longValue()).isEqualTo(3);
    }

    @Test
    void routing_goes_on_while_nothing_can_be_published_and_nothing_is_lost() throws InterruptedException {
        var id = desk.open("U1");
        desk.publishFailure = new UnavailableException("no log");
        numbers(2, QUOTE);
        Thread.sleep(500);
        assertThat(numbers(2, QUOTE)).containsExactly("U1", "U1");
        assertThat(published(id)).isZero();

        desk.publishFailure = null;
        awaitUntil(() -> published(id) == 4);
    }

    @Test
    void a_report_that_was_not_written_is_not_said_to_be_safe_to_repeat() {
        var id = desk.open("U1");
        desk.publishFailure = new NotWrittenException("the log did not confirm it");

        var answer = post(
                OPERATIONS, "{\"accountId\":\"" + id + "\",\"operation\":\"QUOTE\",\"success\":true,\"durationMs\":5}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).get("detail").textValue())
                .isEqualTo("the log did not confirm it; sent again, the operation may count twice");
    }

    @Test
    void two_instances_share_their_counts() {
        var id = desk.open("U1");
        desk.open("U2");
        var other = DeskInMemory.service();
        try (var second = new Api(new LedgerInstance().with(desk), security, other)) {
            numbers(3, QUOTE);
            awaitUntil(() -> published(id) == 2);

            var answer = second.send("POST", ROUTE, QUOTE, headers(admin));
            assertThat(numberIn(answer)).isEqualTo("U2");
            awaitUntil(() -> published("acme:production:U2") == 2);
            assertThat(usage("acme:production:U2").at("/operations/0/routed").longValue())
                    .isEqualTo(2);
        } finally {
            other.close();
        }
    }

    private long published(String id) {
        return desk.account(id).getUsage().getOperations().stream()
                .mapToLong(counts -> counts.getRouted())
                .sum();
    }

    private List<RefreshRequested> refreshesAsked() {
        return desk.asked.stream()
                .filter(TokenEvent.class::isInstance)
                .map(event -> ((TokenEvent) event).getBody())
                .filter(RefreshRequested.class::isInstance)
                .map(RefreshRequested.class::cast)
                .toList();
    }

    private List<String> numbers(int times, String body) {
        var numbers = new ArrayList<String>();
        for (int time = 0; time < times; time++) {
            numbers.add(numberIn(route(body)));
        }
        return numbers;
    }

    private static String numberIn(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).get("number").textValue();
    }

    private HttpResponse<String> route(String body) {
        return post(ROUTE, body);
    }

    private HttpResponse<String> report(String body) {
        return post(OPERATIONS, body);
    }

    private JsonNode usage(String id) {
        return json(get(usagePath(id)));
    }

    private static String usagePath(String id) {
        return "/api/v1/broker-accounts/" + id + "/usage";
    }

    private HttpResponse<String> post(String path, String body) {
        return send("POST", path, body, admin);
    }

    private HttpResponse<String> get(String path) {
        return send("GET", path, "", admin);
    }

    private HttpResponse<String> send(String method, String path, String body, String key) {
        return api.send(method, path, body, headers(key));
    }

    private static String[] headers(String key) {
        return new String[] {"Authorization", "Bearer " + key, "Content-Type", "application/json"};
    }

    private static void refused(HttpResponse<String> answer, int status, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get("reason").textValue()).isEqualTo(reason);
    }

    private static Thread later(Duration wait, Runnable action) {
        return Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(wait);
                action.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitUntil(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
