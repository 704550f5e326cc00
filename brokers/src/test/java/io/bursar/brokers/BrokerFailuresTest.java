package io.bursar.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bursar.brokers.BrokerException.Kind;
import io.bursar.brokers.StubServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.http.Ssl;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong in HTTP, the same for all kinds of brokers. */
@Timeout(60)
class BrokerFailuresTest {
    private static final KeyPair KEYS = TigerStub.keys();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(400);

    @TempDir
    private Path folder;

    /** The kinds of brokers. */
    enum BrokerKind {
        TIGER {
            @Override
            String file(String url) {
                return "it: {kind: tiger, productionUrl: '" + url + "', sandboxUrl: '" + url + "'}";
            }

            @Override
            BrokerLogin login() {
                return Logins.tiger("TBHK", "2015", KEYS.getPrivate().getEncoded(), "dG9rZW4tdG9rZW4");
            }
        },
        OAUTH2 {
            @Override
            String file(String url) {
                return "it: {kind: oauth2, productionUrl: '" + url + "'}";
            }

            @Override
            BrokerLogin login() {
                return Logins.oauth();
            }
        };

        abstract String file(String url);

        abstract BrokerLogin login();
    }

    @ParameterizedTest
    @EnumSource
    void too_many_requests_are_told_with_the_time_to_wait(BrokerKind kind) throws Exception {
        assertThat(failure(kind, StubServer.status(429, "Retry-After", "7")))
                .returns(Kind.RATE_LIMITED, BrokerException::kind)
                .returns("http_429", BrokerException::code)
                .returns(Duration.ofSeconds(7), failure -> failure.retryAfter().orElseThrow());
        assertThat(failure(kind, StubServer.status(429)).retryAfter()).isEmpty();
        assertThat(failure(kind, StubServer.status(429, "Retry-After", "soon")).retryAfter())
                .isEmpty();
        assertThat(failure(kind, StubServer.status(429, "Retry-After", "-5")).retryAfter())
                .isEmpty();
        assertThat(failure(kind, StubServer.status(429, "Retry-After", "999999999"))
                        .retryAfter())
                .contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @EnumSource
    void the_time_to_wait_may_be_a_date(BrokerKind kind) throws Exception {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(90).atOffset(ZoneOffset.UTC));

        assertThat(failure(kind, StubServer.status(429, "Retry-After", date))
                        .retryAfter()
                        .orElseThrow())
                .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
        assertThat(failure(kind, StubServer.status(429, "Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"))
                        .retryAfter())
                .contains(Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void a_broker_in_trouble_is_not_available(BrokerKind kind) throws Exception {
        assertThat(failure(kind, StubServer.status(500)))
                .returns(Kind.UNAVAILABLE, BrokerException::kind)
                .returns("http_500", BrokerException::code);
        assertThat(failure(kind, StubServer.status(503, "Retry-After", "30")).retryAfter())
                .contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_in_time_is_enough_and_one_that_is_late_is_not(BrokerKind kind) throws Exception {
        assertThat(failure(kind, StubServer.late(Duration.ofMillis(300), StubServer.status(500)), SOON)
                        .code())
                .isEqualTo("http_500");
        assertTimeout(kind, StubServer.late(Duration.ofSeconds(5), StubServer.status(500)));
    }

    @ParameterizedTest
    @EnumSource
    void a_call_ends_in_time_when_the_answer_never_comes(BrokerKind kind) throws Exception {
        assertTimeout(kind, StubServer.never());
    }

    @ParameterizedTest
    @EnumSource
    void a_call_ends_in_time_when_the_answer_does_not(BrokerKind kind) throws Exception {
        assertTimeout(kind, StubServer.drip());
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_ends_is_told(BrokerKind kind) throws Exception {
        assertThat(failure(kind, StubServer.hangUp()))
                .returns(Kind.UNAVAILABLE, BrokerException::kind)
                .returns("connection_lost", BrokerException::code);
    }

    @ParameterizedTest
    @EnumSource
    void a_broker_that_is_not_there_is_told_with_its_address(BrokerKind kind) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        var failure = failure(kind, "http://127.0.0.1:" + port + "/gateway", SOON);

        assertThat(failure.code()).isEqualTo("no_connection");
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("no connection to 127.0.0.1:" + port);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_http_is_told(BrokerKind kind) throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (var connection = socket.accept()) {
                    connection.getInputStream().read(new byte[1]);
                    connection
                            .getOutputStream()
                            .write("220 mail.example ESMTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    connection.getOutputStream().flush();
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            var failure = failure(kind, "http://127.0.0.1:" + socket.getLocalPort() + "/gateway", SOON);

            assertThat(failure.code()).isEqualTo("no_http");
            assertThat(failure.kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            assertThat(failure).hasMessageNotContaining("ESMTP");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_certificate_that_nobody_trusts_is_not_accepted(BrokerKind kind) throws Exception {
        var server = new MockOAuth2Server(new OAuth2Config(
                false, null, null, false, new OAuth2TokenProvider(), Set.of(), new MockWebServerWrapper(new Ssl())));
        server.start();
        try {
            var failure = failure(kind, server.url("it/token").toString(), SOON);

            assertThat(failure.code()).isEqualTo("tls");
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        } finally {
            server.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rubbish_is_a_malformed_answer(BrokerKind kind) throws Exception {
        for (var body : new String[] {"", "<html>", "[]", "{", "null", "\"text\"", "{} {}"}) {
            assertThat(failure(kind, StubServer.json(200, body)).kind())
                    .as(body)
                    .isIn(Kind.MALFORMED_ANSWER, Kind.NO_TOKEN);
        }
        assertThat(failure(kind, StubServer.json(200, "{")).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_without_bounds_is_not_read_to_its_end(BrokerKind kind) throws Exception {
        assertThat(failure(kind, StubServer.spaces(BrokerHttp.MOST_ANSWER_BYTES + 1)))
                .returns(Kind.MALFORMED_ANSWER, BrokerException::kind)
                .returns("answer_too_large", BrokerException::code);
        assertThat(failure(kind, StubServer.spaces(BrokerHttp.MOST_ANSWER_BYTES))
                        .code())
                .isNotEqualTo("answer_too_large");
    }

    @ParameterizedTest
    @EnumSource
    void nobody_is_sent_elsewhere(BrokerKind kind) throws Exception {
        try (var elsewhere = StubServer.start(StubServer.status(200))) {
            for (var status : new int[] {301, 302, 303, 307, 308}) {
                var reply = StubServer.status(
                        status, "Location", elsewhere.url("/gateway").toString());

                assertThat(failure(kind, reply))
                        .returns(Kind.MALFORMED_ANSWER, BrokerException::kind)
                        .returns("http_" + status, BrokerException::code);
            }
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_thread_that_is_interrupted_gets_its_call_back(BrokerKind kind) throws Exception {
        try (var server = StubServer.start(StubServer.never());
                var brokers =
                        Logins.brokers(folder, kind.file(server.url("/gateway").toString()))) {
            var caller = Thread.currentThread();
            Thread.startVirtualThread(() -> {
                while (server.requests().isEmpty()) {
                    Thread.onSpinWait();
                }
                caller.interrupt();
            });

            var failure = failure(brokers, kind.login(), SOON);

            assertThat(failure.code()).isEqualTo("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_call_under_way_ends_when_the_brokers_are_closed(BrokerKind kind) throws Exception {
        try (var server = StubServer.start(StubServer.never())) {
            var brokers =
                    Logins.brokers(folder, kind.file(server.url("/gateway").toString()));
            Thread.startVirtualThread(() -> {
                while (server.requests().isEmpty()) {
                    Thread.onSpinWait();
                }
                brokers.close();
            });

            assertThat(failure(brokers, kind.login(), SOON).code()).isEqualTo("connection_lost");
        }
    }

    @Test
    void a_time_limit_has_to_be_one() throws Exception {
        try (var brokers = Logins.brokers(folder, BrokerKind.OAUTH2.file("http://127.0.0.1:1/"))) {
            var broker = brokers.broker("it").orElseThrow();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> broker.refresh(Logins.oauth(), Duration.ZERO))
                    .withMessage("atMost PT0S must be positive");
        }
    }

    private void assertTimeout(BrokerKind kind, Reply reply) throws Exception {
        var begin = System.nanoTime();

        var failure = failure(kind, reply, SHORT);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        assertThat(failure)
                .returns(Kind.TIMEOUT, BrokerException::kind)
                .returns("timeout", BrokerException::code)
                .hasMessageContaining("no answer within 400 ms");
    }

    private BrokerException failure(BrokerKind kind, Reply reply) throws Exception {
        return failure(kind, reply, SOON);
    }

    private BrokerException failure(BrokerKind kind, Reply reply, Duration atMost) throws Exception {
        try (var server = StubServer.start(reply)) {
            var failure = failure(kind, server.url("/gateway").toString(), atMost);
            assertThat(server.requests()).as("attempts").hasSize(1);
            return failure;
        }
    }

    private BrokerException failure(BrokerKind kind, String url, Duration atMost) throws Exception {
        try (var brokers = Logins.brokers(folder, kind.file(url))) {
            return failure(brokers, kind.login(), atMost);
        }
    }

    private static BrokerException failure(Brokers brokers, BrokerLogin login, Duration atMost) {
        var broker = brokers.broker("it").orElseThrow();
        var failure = catchThrowableOfType(BrokerException.class, () -> broker.refresh(login, atMost));
        assertThat(failure).as("a failure of the broker").isNotNull();
        return failure;
    }
}
