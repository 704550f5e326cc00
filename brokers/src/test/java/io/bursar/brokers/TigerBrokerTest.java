package io.bursar.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bursar.brokers.BrokerException.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a gateway that checks signatures and tokens. */
class TigerBrokerTest {
    private static final KeyPair KEYS = TigerStub.keys();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final TigerStub stub = TigerStub.start();
    private final String token = TigerStub.token(CREATED, CREATED.plus(Duration.ofDays(30)), "first");
    private Brokers brokers;
    private Broker tiger;

    @BeforeEach
    void connect(@TempDir Path folder) throws Exception {
        brokers = Logins.brokers(folder, stub.brokersFile());
        tiger = brokers.broker("tiger").orElseThrow();
        stub.register("2015", KEYS.getPublic(), token);
    }

    @AfterEach
    void disconnect() {
        brokers.close();
        stub.close();
    }

    @Test
    void a_new_token_is_asked_for_with_the_current_one_and_says_when_it_ends() throws Exception {
        stub.tokenLife(Duration.ofDays(7));

        try (var issued = tiger.refresh(login(token), SOON)) {
            assertThat(text(issued.accessToken()))
                    .isEqualTo(stub.tokenOf("2015"))
                    .isNotEqualTo(token);
            assertThat(issued.refreshToken()).isNull();
            assertThat(Duration.between(issued.issuedAt(), issued.expiresAt())).isEqualTo(Duration.ofDays(7));
            assertThat(tiger.expiryOf(issued.accessToken())).contains(issued.expiresAt());
        }
        assertThat(stub.requests()).singleElement().satisfies(request -> {
            assertThat(request.headers().getFirst("Authorization")).isEqualTo(token);
            assertThat(request.body())
                    .contains("\"method\":\"user_token_refresh\"")
                    .doesNotContain("biz_content");
        });
    }

    @Test
    void a_token_that_was_followed_by_another_is_refused() throws Exception {
        tiger.refresh(login(token), SOON).close();

        var failure = failure(() -> tiger.refresh(login(token), SOON));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.code()).isEqualTo("tiger_4");
        assertThat(failure)
                .hasMessage("tiger, account desk-2: the broker refuses, code 4:"
                        + " \"access forbidden(the token is not valid)\"");
    }

    @Test
    void a_request_that_is_signed_with_another_key_is_refused() {
        var other = TigerStub.keys().getPrivate().getEncoded();

        var failure = failure(() -> tiger.refresh(Logins.tiger("TBHK", "2015", other, token), SOON));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.code()).isEqualTo("tiger_1000");
        assertThat(failure).hasMessageContaining("failed to verify signature");
    }

    @Test
    void a_private_key_may_be_pem_base64_or_der() throws Exception {
        var der = KEYS.getPrivate().getEncoded();
        var base64 = Base64.getEncoder().encodeToString(der);
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PRIVATE KEY-----\n";

        for (var key : new byte[][] {der, bytes(base64), bytes(pem)}) {
            var login = Logins.tiger("TBHK", "2015", key, stub.tokenOf("2015"));

            assertThat(tiger.faults(login)).isEmpty();
            tiger.refresh(login, SOON).close();
        }
        assertThat(stub.tokensIssued()).isEqualTo(3);
    }

    @Test
    void what_is_no_private_key_is_found_without_asking() {
        var login = Logins.tiger("TBHK", "2015", bytes("-----BEGIN RSA PRIVATE KEY-----"), token);

        assertThat(tiger.faults(login))
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .hasToString("privateKey must be an RSA key in PKCS#8 without a password:"
                                + " PEM (BEGIN PRIVATE KEY), the base64 in it alone, or DER"));
        assertThat(failure(() -> tiger.refresh(login, SOON)).code()).isEqualTo("login_unusable");
        assertThat(stub.requests()).isEmpty();
    }

    @Test
    void a_login_says_what_it_lacks_and_what_is_not_known() {
        var login = new BrokerLogin(
                "desk-2",
                "1",
                BrokerEnvironment.SANDBOX,
                "TBKH",
                Map.of("tigerID", "2015"),
                Logins.bytes(Map.of("accesToken", "x")));

        assertThat(tiger.faults(login))
                .extracting(LoginFault::toString)
                .containsExactly(
                        "licence \"TBKH\" must be one of TBAU, TBHK, TBNZ, TBSG, TBUS",
                        "tigerId is missing: this broker needs this property",
                        "privateKey is missing: this broker needs this secret",
                        "tigerID is no property that this broker knows; did you mean tigerId?",
                        "accesToken is no secret that this broker knows");
    }

    @Test
    void only_accounts_of_hong_kong_need_a_token() throws Exception {
        stub.register("2016", KEYS.getPublic(), null);
        var login = Logins.tiger("TBNZ", "2016", KEYS.getPrivate().getEncoded(), null);

        assertThat(tiger.needsToken(login)).isFalse();
        assertThat(tiger.needsToken(login(token))).isTrue();
        assertThat(tiger.faults(login)).isEmpty();
        assertThat(tiger.check(login, SOON)).isEqualTo(TokenCheck.NOT_ASKED);
        assertThat(tiger.accountData().orElseThrow().accounts(login, SOON)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tiger.refresh(login, SOON))
                .withMessageContaining("licence TBNZ");
    }

    @Test
    void whether_a_token_is_good_the_gateway_is_asked() throws Exception {
        assertThat(tiger.check(login(token), SOON)).isEqualTo(TokenCheck.ACCEPTED);
        assertThat(tiger.check(login(TigerStub.token(CREATED, CREATED.plusSeconds(1), "x")), SOON))
                .isEqualTo(TokenCheck.REFUSED);

        stub.next(StubServer.status(500));
        assertThat(failure(() -> tiger.check(login(token), SOON)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void an_answer_that_tiger_has_not_signed_is_not_believed() {
        stub.next(StubServer.json(200, "{\"code\":0,\"sign\":\"AAAA\",\"data\":{\"token\":\"" + token + "\"}}"));

        var failure = failure(() -> tiger.refresh(login(token), SOON));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED_ANSWER);
        assertThat(failure.code()).isEqualTo("answer_signature");
    }

    @Test
    void codes_of_tiger_tell_what_kind_of_failure_it_is() {
        assertKind(1, "server error", Kind.UNAVAILABLE);
        assertKind(2, "network read time out", Kind.UNAVAILABLE);
        assertKind(5, "rate limit error(60 per minute)", Kind.RATE_LIMITED);
        assertKind(1010, "biz param error", Kind.REFUSED);
        assertKind(2400, "user token error", Kind.REFUSED);
        assertKind(1200, "standard account response error(internal_error:A system error occurred)", Kind.UNAVAILABLE);
    }

    @Test
    void an_answer_without_a_token_is_said_to_have_none() {
        stub.next(
                StubServer.json(200, "{\"code\":0,\"data\":{\"license\":\"TBHK\"}}"),
                StubServer.json(200, "{\"code\":0}"));

        assertThat(failure(() -> tiger.refresh(login(token), SOON)).kind()).isEqualTo(Kind.NO_TOKEN);
        assertThat(failure(() -> tiger.refresh(login(token), SOON)).kind()).isEqualTo(Kind.NO_TOKEN);
    }

    @Test
    void a_token_that_does_not_say_when_it_ends_has_no_known_expiry() throws Exception {
        stub.next(StubServer.json(200, "{\"code\":0,\"data\":\"{\\\"token\\\":\\\"b3BhcXVl\\\"}\"}"));

        try (var issued = tiger.refresh(login(token), SOON)) {
            assertThat(text(issued.accessToken())).isEqualTo("b3BhcXVl");
            assertThat(issued.expiresAt()).isNull();
        }
    }

    @Test
    void a_token_that_ends_before_it_begins_is_not_taken() {
        var odd = TigerStub.token(CREATED, CREATED, "odd");
        stub.next(StubServer.json(200, "{\"code\":0,\"data\":{\"token\":\"" + odd + "\"}}"));

        assertThat(failure(() -> tiger.refresh(login(token), SOON)).code()).isEqualTo("expiry_unusable");
    }

    @Test
    void accounts_are_read() throws Exception {
        stub.answers("accounts", """
                {"items":[{"account":"123","accountType":"STANDARD","capability":"MGRN","status":"Funded"},
                          {"account":456}]}""");

        assertThat(data().accounts(login(token), SOON))
                .containsExactly(
                        new TradingAccount("123", "STANDARD", "MGRN", "Funded"),
                        new TradingAccount("456", null, null, null));
    }

    @Test
    void assets_are_read_as_they_are_written() throws Exception {
        stub.answers("prime_assets", """
                {"accountId":"123123","updateTimestamp":1755074116660,"segments":[{"category":"S","currency":"USD",
                 "cashBalance":7198.59,"cashAvailableForTrade":7200.00,"lockedFunds":981.89,
                 "buyingPower":1.7976931348623157E308,
                 "currencyAssets":[{"currency":"USD","cashBalance":0.10000000000000000001,"cashAvailableForTrade":0}]}]}""");

        var assets = data().assets(login(token), SOON);

        assertThat(assets.accountNumber()).isEqualTo("123123");
        assertThat(assets.updatedAt()).isEqualTo(Instant.ofEpochMilli(1755074116660L));
        assertThat(assets.segments()).singleElement().satisfies(segment -> {
            assertThat(segment.cash()).isEqualTo(new BigDecimal("7198.59"));
            assertThat(segment.cashForTrading()).isEqualTo(new BigDecimal("7200.00"));
            assertThat(segment.buyingPower()).isNull();
            assertThat(segment.netLiquidation()).isNull();
            assertThat(segment.currencies().getFirst().cash()).isEqualTo(new BigDecimal("0.10000000000000000001"));
        });
        assertThat(stub.requests().getLast().body()).contains("\\\"account\\\":\\\"20191106192858300\\\"");
    }

    @Test
    void a_quantity_has_its_digits_behind_the_point_beside_it() throws Exception {
        stub.answers("positions", """
                {"items":[{"symbol":"NVDA","secType":"STK","currency":"USD","position":773,"positionScale":5,
                           "averageCost":129.45},
                          {"symbol":"AAPL","secType":"STK","position":-6,"positionScale":0}]}""");

        var positions = data().positions(login(token), "STK", SOON);

        assertThat(positions)
                .extracting(Position::quantity)
                .containsExactly(new BigDecimal("0.00773"), new BigDecimal("-6"));
        assertThat(positions.getFirst().averageCost()).isEqualTo(new BigDecimal("129.45"));
    }

    @Test
    void orders_are_read_page_by_page() throws Exception {
        stub.answers("orders", """
                {"nextPageToken":"page-2","items":[{"id":40130901147389952,"symbol":"AAPL","action":"BUY","orderType":"LMT",
                 "totalQuantity":150,"totalQuantityScale":2,"filledQuantity":0,"limitPrice":99.5,"status":"Submitted",
                 "openTime":1755073677000}]}""");
        var query = new OrderQuery(CREATED, CREATED.plusSeconds(60), 100, null);

        var page = data().orders(login(token), query, SOON);

        assertThat(page.next()).isEqualTo("page-2");
        assertThat(page.orders()).singleElement().satisfies(order -> {
            assertThat(order.id()).isEqualTo("40130901147389952");
            assertThat(order.quantity()).isEqualTo(new BigDecimal("1.50"));
            assertThat(order.filled()).isZero();
            assertThat(order.limitPrice()).isEqualTo(new BigDecimal("99.5"));
            assertThat(order.status()).isEqualTo("Submitted");
        });
    }

    @Test
    void data_that_is_not_as_it_should_be_is_named() {
        stub.answers("positions", "{\"items\":[{\"symbol\":\"NVDA\",\"secType\":\"STK\",\"position\":\"many\"}]}");
        assertThat(failure(() -> data().positions(login(token), "STK", SOON)))
                .hasMessage("tiger, account desk-2: position in the answer must be a number");

        stub.answers("positions", "{\"items\":[{\"secType\":\"STK\"}]}");
        assertThat(failure(() -> data().positions(login(token), "STK", SOON)))
                .hasMessageContaining("symbol is missing from the answer");

        stub.answers("positions", "{\"items\":{}}");
        assertThat(failure(() -> data().positions(login(token), "STK", SOON)))
                .hasMessageContaining("items in the answer must be a list");

        stub.answers("positions", "{\"items\":[{\"symbol\":\"A\",\"secType\":\"STK\",\"averageCost\":1e999999}]}");
        assertThat(failure(() -> data().positions(login(token), "STK", SOON)).code())
                .isEqualTo("answer_field");
    }

    @Test
    void one_broker_serves_many_threads() throws Exception {
        var tokens = IntStream.range(0, 40)
                .mapToObj(number -> TigerStub.token(CREATED, CREATED.plusSeconds(60), "of-" + number))
                .toList();
        for (var number = 0; number < tokens.size(); number++) {
            stub.register("developer-" + number, KEYS.getPublic(), tokens.get(number));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, tokens.size())
                    .mapToObj(number -> (Callable<String>) () -> {
                        var login = Logins.tiger(
                                "TBHK", "developer-" + number, KEYS.getPrivate().getEncoded(), tokens.get(number));
                        try (login;
                                var issued = tiger.refresh(login, SOON)) {
                            return text(issued.accessToken());
                        }
                    })
                    .toList();
            var results = threads.invokeAll(calls);
            for (var number = 0; number < results.size(); number++) {
                assertThat(results.get(number).get()).isEqualTo(stub.tokenOf("developer-" + number));
            }
        }
        assertThat(stub.tokensIssued()).isEqualTo(40);
    }

    private void assertKind(int code, String message, Kind kind) {
        stub.next(stub.failure(code, message));

        var failure = failure(() -> tiger.refresh(login(token), SOON));

        assertThat(failure.kind()).as(message).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo("tiger_" + code);
        assertThat(failure).hasMessageContaining(message);
    }

    private AccountData data() {
        return tiger.accountData().orElseThrow();
    }

    private static BrokerLogin login(String token) {
        return Logins.tiger("TBHK", "2015", KEYS.getPrivate().getEncoded(), token);
    }

    private static BrokerException failure(ThrowingCallable call) {
        var failure = catchThrowableOfType(BrokerException.class, call);
        assertThat(failure).as("a failure of the broker").isNotNull();
        return failure;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
