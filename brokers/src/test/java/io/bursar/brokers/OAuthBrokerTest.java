package io.bursar.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.SignedJWT;
import io.bursar.brokers.BrokerException.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real OAuth 2.0 server, and for what that cannot do against a stub. */
class OAuthBrokerTest {
    private static final MockOAuth2Server SERVER = new MockOAuth2Server();
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.shutdown();
    }

    @Test
    void a_client_gets_a_token_for_its_own_credentials() throws Exception {
        var before = Instant.now();
        try (var brokers = acme("scope: 'read trade'", "audience: desk-api");
                var issued = acme(brokers).refresh(Logins.oauth(), SOON)) {
            var token = SignedJWT.parse(text(issued.accessToken())).getJWTClaimsSet();

            assertThat(token.getSubject()).isEqualTo("bursar-desk");
            assertThat(issued.refreshToken()).isNull();
            assertThat(issued.issuedAt()).isBetween(before, Instant.now());
            assertThat(Duration.between(issued.issuedAt(), issued.expiresAt()))
                    .isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3600));
        }
        var request = SERVER.takeRequest();
        assertThat(request.getHeader("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("bursar-desk:" + Logins.CLIENT_SECRET).getBytes(StandardCharsets.UTF_8)));
        assertThat(URLDecoder.decode(request.getBody().readUtf8(), StandardCharsets.UTF_8)
                        .split("&"))
                .containsExactlyInAnyOrder("grant_type=client_credentials", "scope=read trade", "audience=desk-api");
    }

    @Test
    void credentials_go_into_the_form_where_the_broker_wants_them_there() throws Exception {
        try (var brokers = acme("authentication: post");
                var issued = acme(brokers).refresh(Logins.oauth(), SOON)) {
            assertThat(SignedJWT.parse(text(issued.accessToken()))
                            .getJWTClaimsSet()
                            .getSubject())
                    .isEqualTo("bursar-desk");
        }
        var request = SERVER.takeRequest();
        assertThat(request.getHeader("Authorization")).isNull();
        assertThat(request.getBody().readUtf8())
                .contains("client_id=bursar-desk")
                .contains("client_secret=" + Logins.CLIENT_SECRET);
    }

    @Test
    void a_refresh_token_is_used_where_there_is_one_and_the_next_one_comes_with_the_answer() throws Exception {
        SERVER.enqueueCallback(new DefaultOAuth2TokenCallback("acme", "somebody"));
        try (var brokers = acme();
                var issued = acme(brokers).refresh(withRefreshToken("refresh-me"), SOON)) {
            assertThat(SignedJWT.parse(text(issued.accessToken()))
                            .getJWTClaimsSet()
                            .getSubject())
                    .isEqualTo("somebody");
            assertThat(text(issued.refreshToken())).isEqualTo("refresh-me");
        }
        assertThat(SERVER.takeRequest().getBody().readUtf8().split("&"))
                .containsExactlyInAnyOrder("grant_type=refresh_token", "refresh_token=refresh-me");
    }

    @Test
    void a_refresh_token_that_the_broker_does_not_know_is_refused_by_name() throws Exception {
        try (var brokers = acme()) {
            var failure = failure(brokers, withRefreshToken("unheard-of"));

            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.code()).isEqualTo("invalid_grant");
            assertThat(failure)
                    .hasMessage("acme, account desk-1: the broker refuses: invalid_grant: \"unknown refresh_token\"");
        }
        SERVER.takeRequest();
    }

    @Test
    void a_token_is_asked_about_where_there_is_an_endpoint_for_it() throws Exception {
        try (var brokers = acme("productionIntrospectionUrl: " + SERVER.url("acme/introspect"))) {
            var token = SERVER.issueToken("acme").serialize();

            assertThat(acme(brokers).check(withAccessToken(token), SOON)).isEqualTo(TokenCheck.ACCEPTED);
            assertThat(acme(brokers).check(withAccessToken("made-up"), SOON)).isEqualTo(TokenCheck.REFUSED);
        }
        SERVER.takeRequest();
        SERVER.takeRequest();
    }

    @Test
    void without_such_an_endpoint_only_the_expiry_is_known() throws Exception {
        try (var brokers = acme()) {
            assertThat(acme(brokers).check(withAccessToken("any"), SOON)).isEqualTo(TokenCheck.NOT_ASKED);
        }
    }

    @Test
    void errors_of_oauth_tell_what_kind_of_failure_it_is() throws Exception {
        assertFailure(StubServer.json(401, "{\"error\":\"invalid_client\"}"), Kind.REFUSED, "invalid_client");
        assertFailure(
                StubServer.json(400, "{\"error\":\"temporarily_unavailable\"}"),
                Kind.UNAVAILABLE,
                "temporarily_unavailable");
        assertFailure(StubServer.json(400, "{\"error\":\"made_up_error\"}"), Kind.MALFORMED_ANSWER, "http_400");
        assertFailure(StubServer.json(403, "{}"), Kind.REFUSED, "http_403");
        assertFailure(StubServer.status(401), Kind.REFUSED, "http_401");
        assertFailure(StubServer.body(404, "text/html", "<p>no"), Kind.MALFORMED_ANSWER, "http_404");
    }

    @Test
    void an_answer_that_all_is_well_has_to_be_one_of_oauth_with_a_token() throws Exception {
        assertFailure(StubServer.json(200, "{}"), Kind.NO_TOKEN, "no_token");
        assertFailure(StubServer.json(200, "{\"error\":\"invalid_client\"}"), Kind.NO_TOKEN, "no_token");
        assertFailure(StubServer.json(200, "{\"access_token\":\"\"}"), Kind.NO_TOKEN, "no_token");
        assertFailure(StubServer.json(200, "{\"access_token\":\"abc\"}"), Kind.MALFORMED_ANSWER, "no_oauth");
        assertFailure(StubServer.body(200, "text/html", "<p>hello"), Kind.MALFORMED_ANSWER, "no_oauth");
        assertFailure(StubServer.json(200, issued("a b", "60")), Kind.MALFORMED_ANSWER, "token_unusable");
        assertFailure(StubServer.json(200, issued("abc", "0")), Kind.MALFORMED_ANSWER, "expiry_unusable");
        assertFailure(StubServer.json(200, issued("abc", "-1")), Kind.MALFORMED_ANSWER, "no_oauth");
        assertFailure(StubServer.json(200, issued("abc", "9000000000000")), Kind.MALFORMED_ANSWER, "expiry_unusable");
        assertFailure(StubServer.json(200, issued("abc", "\"soon\"")), Kind.MALFORMED_ANSWER, "no_oauth");
    }

    @Test
    void a_broker_that_does_not_say_when_a_token_ends_leaves_its_expiry_unknown() throws Exception {
        try (var server = StubServer.start(StubServer.json(
                        200, "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"refresh_token\":\"def\"}"));
                var brokers = stubbed(server);
                var issued = acme(brokers).refresh(Logins.oauth(), SOON)) {
            assertThat(text(issued.accessToken())).isEqualTo("abc");
            assertThat(text(issued.refreshToken())).isEqualTo("def");
            assertThat(issued.expiresAt()).isNull();
        }
    }

    @Test
    void a_login_says_what_it_lacks() throws Exception {
        try (var brokers = acme()) {
            var login = new BrokerLogin(
                    "desk-1",
                    "U-1",
                    BrokerEnvironment.SANDBOX,
                    "TBHK",
                    Map.of(),
                    Logins.bytes(Map.of(LoginFields.REFRESH_TOKEN, "with space")));

            assertThat(acme(brokers).faults(login))
                    .extracting(LoginFault::toString)
                    .containsExactly(
                            "environment SANDBOX is none that this broker has",
                            "licence \"TBHK\" is none: this broker has no licences",
                            "clientId is missing: this broker needs this property",
                            "clientSecret is missing: this broker needs this secret",
                            "refreshToken must be visible ASCII characters without spaces");
            assertThat(failure(brokers, login).code()).isEqualTo("login_unusable");
        }
    }

    private void assertFailure(StubServer.Reply reply, Kind kind, String code) throws Exception {
        try (var server = StubServer.start(reply);
                var brokers = stubbed(server)) {
            var failure = failure(brokers, Logins.oauth());

            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.kind()).as(code).isEqualTo(kind);
        }
    }

    private static String issued(String token, String expiresIn) {
        return "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}";
    }

    private Brokers stubbed(StubServer server) throws Exception {
        return Logins.brokers(folder, "acme: {kind: oauth2, productionUrl: '" + server.url("/token") + "'}");
    }

    private Brokers acme(String... more) throws Exception {
        return Logins.brokers(
                folder,
                "acme:\n  kind: oauth2\n  productionUrl: " + SERVER.tokenEndpointUrl("acme") + "\n"
                        + Stream.of(more).map(line -> "  " + line + "\n").collect(Collectors.joining()));
    }

    private static Broker acme(Brokers brokers) {
        return brokers.broker("acme").orElseThrow();
    }

    private static BrokerLogin withRefreshToken(String token) {
        return Logins.oauth(Map.of(LoginFields.CLIENT_SECRET, Logins.CLIENT_SECRET, LoginFields.REFRESH_TOKEN, token));
    }

    private static BrokerLogin withAccessToken(String token) {
        return Logins.oauth(Map.of(LoginFields.CLIENT_SECRET, Logins.CLIENT_SECRET, LoginFields.ACCESS_TOKEN, token));
    }

    private static BrokerException failure(Brokers brokers, BrokerLogin login) {
        var failure =
                catchThrowableOfType(BrokerException.class, () -> acme(brokers).refresh(login, SOON));
        assertThat(failure).as("a failure of the broker").isNotNull();
        return failure;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
