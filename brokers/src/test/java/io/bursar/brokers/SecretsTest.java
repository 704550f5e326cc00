package io.bursar.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bursar.brokers.StubServer.Reply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** No secret leaves a login but to its broker, whatever that answers. */
class SecretsTest {
    private static final KeyPair KEYS = TigerStub.keys();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TOKEN = TigerStub.token(
            Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"), "signature-of-this-token");
    private static final String REFRESH_TOKEN = "granite-otter-17";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> platformLog = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            platformLog.add(event.getMessage() + event.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
        root().setLevel(Level.TRACE);
        LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.ALL);
        LogManager.getLogManager().getLogger("").addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        root().detachAppender(log);
        root().setLevel(Level.WARN);
        LogManager.getLogManager().getLogger("").removeHandler(handler);
        LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.INFO);
    }

    @Test
    void a_broker_that_repeats_what_it_was_sent_gives_nothing_away() throws Exception {
        for (var status : new int[] {200, 400, 401, 403, 404, 429, 500}) {
            assertSilent(repeatsEverything(
                    status,
                    "{\"code\":4,\"message\":\"%1$s\",\"error\":\"invalid_client\",\"error_description\":\"%1$s\"}"));
            assertSilent(repeatsEverything(status, "{\"code\":1000,\"message\":\"you sent %1$s\",\"error\":\"%1$s\"}"));
            assertSilent(repeatsEverything(
                    status, "{\"code\":\"%1$s\",\"error\":\"invalid_grant\",\"error_uri\":\"%1$s\"}"));
            assertSilent(repeatsEverything(status, "%1$s"));
            assertSilent(repeatsEverything(status, "{\"access_token\":\"%1$s"));
            assertSilent(repeatsEverything(
                    status, "{\"code\":0,\"sign\":\"%1$s\",\"access_token\":\"a b %1$s\",\"token_type\":\"%1$s\"}"));
        }
    }

    @Test
    void words_of_a_broker_are_shown_only_without_anything_like_a_secret() {
        var login = oauth();

        assertThat(BrokerWords.quoted("client is suspended, call us", login))
                .isEqualTo(": \"client is suspended, call us\"");
        assertThat(BrokerWords.quoted("no client with password kirsch-und", login))
                .isEmpty();
        assertThat(BrokerWords.quoted("no token otter-17 here", login)).isEmpty();
        assertThat(BrokerWords.quoted("what is a2lyc2NoLXVuZC1iYW5hbmUtNDcxMQ==", login))
                .isEmpty();
        assertThat(BrokerWords.quoted("line\nbreak", login)).isEmpty();
        assertThat(BrokerWords.quoted("x ".repeat(150), login)).isEmpty();
        assertThat(BrokerWords.quoted(" ", login)).isEmpty();
        assertThat(BrokerWords.quoted(null, login)).isEmpty();
    }

    @Test
    void what_holds_secrets_does_not_show_them() {
        try (var login = oauth();
                var issued = new IssuedToken(
                        REFRESH_TOKEN.getBytes(StandardCharsets.UTF_8),
                        REFRESH_TOKEN.getBytes(StandardCharsets.UTF_8),
                        Instant.EPOCH,
                        null)) {
            assertThat(login).hasToString("login of broker account desk-1");
            assertThat(issued).hasToString("token issued at 1970-01-01T00:00:00Z, expiry unknown");
        }
    }

    @Test
    void closing_overwrites_the_secrets() {
        var secret = Logins.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8);
        var login = new BrokerLogin(
                "desk-1",
                "U-1",
                BrokerEnvironment.PRODUCTION,
                null,
                Map.of(),
                Map.of(LoginFields.CLIENT_SECRET, secret));
        var access = "access".getBytes(StandardCharsets.UTF_8);
        var refresh = "refresh".getBytes(StandardCharsets.UTF_8);

        login.close();
        new IssuedToken(access, refresh, Instant.EPOCH, null).close();

        assertThat(secret).containsOnly(0);
        assertThat(access).containsOnly(0);
        assertThat(refresh).containsOnly(0);
        assertThatIllegalStateException().isThrownBy(() -> login.secret(LoginFields.CLIENT_SECRET));
    }

    private void assertSilent(Reply reply) throws Exception {
        try (var server = StubServer.start(reply);
                var brokers = Logins.brokers(
                        folder,
                        "tiger: {kind: tiger, sandboxUrl: '" + server.url("/gateway") + "'}\n"
                                + "acme: {kind: oauth2, productionUrl: '" + server.url("/token")
                                + "', authentication: post, productionIntrospectionUrl: '" + server.url("/introspect")
                                + "'}")) {
            var tiger = brokers.broker("tiger").orElseThrow();
            var acme = brokers.broker("acme").orElseThrow();
            assertNothingIn(catchThrowableOfType(BrokerException.class, () -> tiger.refresh(tiger(), SOON)));
            assertNothingIn(catchThrowableOfType(BrokerException.class, () -> acme.refresh(oauth(), SOON)));
            assertNothingIn(catchThrowableOfType(BrokerException.class, () -> acme.check(oauth(), SOON)));
        }
        List.copyOf(log.list).forEach(event -> assertNothingIn(event.getFormattedMessage()));
        platformLog.forEach(SecretsTest::assertNothingIn);
    }

    private static void assertNothingIn(BrokerException failure) {
        assertThat(failure).isNotNull().hasNoCause();
        assertNothingIn(failure.code());
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertNothingIn(trace.toString());
    }

    /** Nor a third of one. */
    private static void assertNothingIn(String text) {
        for (var secret : secrets()) {
            var part = secret.length() / 3;
            IntStream.of(0, part, 2 * part)
                    .forEach(start -> assertThat(text).doesNotContain(secret.substring(start, start + part)));
        }
    }

    private static List<String> secrets() {
        return List.of(
                Logins.CLIENT_SECRET,
                REFRESH_TOKEN,
                TOKEN,
                Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded()));
    }

    /** Everything that a client has sent, and its key, which it never sends. */
    private static Reply repeatsEverything(int status, String json) {
        return (request, exchange) -> {
            var sent = String.join(" ", secrets()) + " " + request.headers().getFirst("Authorization") + " "
                    + request.body();
            var escaped = sent.replace("\\", "\\\\").replace("\"", "\\\"");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Retry-After", "1" + REFRESH_TOKEN);
            StubServer.write(exchange, status, String.format(json, escaped).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static BrokerLogin tiger() {
        return Logins.tiger("TBHK", "2015", KEYS.getPrivate().getEncoded(), TOKEN);
    }

    private static BrokerLogin oauth() {
        return Logins.oauth(Map.of(
                LoginFields.CLIENT_SECRET, Logins.CLIENT_SECRET,
                LoginFields.REFRESH_TOKEN, REFRESH_TOKEN,
                LoginFields.ACCESS_TOKEN, TOKEN));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
