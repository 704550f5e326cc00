package io.bursar.brokers;

import io.bursar.brokers.BrokerException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * HTTP as brokers are asked: POST, no redirects, answers of at most 1 MiB, a time limit over everything, and certificates
 * checked as the JVM checks them. Thread-safe.
 */
final class BrokerHttp implements AutoCloseable {
    static final int MOST_ANSWER_BYTES = 1024 * 1024;

    /** An attempt to connect ends by then even if nobody waits for it any more. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final InstantSource clock;

    BrokerHttp(InstantSource clock) {
        this.clock = clock;
    }

    record Answer(int status, HttpHeaders headers, String body) {}

    /** An answer that a broker has thought about: neither 429, nor 5xx, nor a redirect. */
    Answer post(BrokerCall call, URI url, Map<String, String> headers, byte[] body) throws BrokerException {
        var request = HttpRequest.newBuilder(url).header("User-Agent", "Bursar").POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        var answer = send(call, request.build());
        var status = answer.status();
        if (status == TOO_MANY_REQUESTS) {
            throw call.failure(
                    Kind.RATE_LIMITED, code(status), "the broker has been asked too often", retryAfter(answer));
        }
        if (status >= 500) {
            throw call.failure(Kind.UNAVAILABLE, code(status), "the broker answers HTTP " + status, retryAfter(answer));
        }
        if (status >= 300 && status < 400) {
            throw call.malformed(
                    code(status), "the broker answers HTTP " + status + ", and redirects are not followed");
        }
        return answer;
    }

    /** The code of a failure that an HTTP status tells. */
    static String code(int status) {
        return "http_" + status;
    }

    /** Ends calls that are under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private Answer send(BrokerCall call, HttpRequest request) throws BrokerException {
        var left = call.nanosLeft();
        var sending = client.sendAsync(request, answer -> new BoundedBody());
        try {
            var answer = sending.get(left, TimeUnit.NANOSECONDS);
            return new Answer(answer.statusCode(), answer.headers(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            sending.cancel(true);
            throw call.timeout();
        } catch (InterruptedException e) {
            sending.cancel(true);
            Thread.currentThread().interrupt();
            throw call.failure(Kind.UNAVAILABLE, "interrupted", "the call was interrupted");
        } catch (ExecutionException e) {
            throw failure(call, request.uri(), e.getCause());
        }
    }

    /** By type alone: the text of such an exception can hold what the broker sent. */
    private static BrokerException failure(BrokerCall call, URI url, Throwable cause) {
        var type = cause.getClass().getSimpleName();
        return switch (cause) {
            case TooLargeException ignored ->
                call.malformed("answer_too_large", "the answer is longer than " + MOST_ANSWER_BYTES + " bytes");
            case HttpTimeoutException ignored -> call.timeout();
            case ConnectException ignored ->
                call.failure(Kind.UNAVAILABLE, "no_connection", "no connection to " + url.getAuthority());
            case SSLException ignored ->
                call.failure(
                        Kind.UNAVAILABLE, "tls", "no trusted TLS connection to " + url.getAuthority() + ", " + type);
            case ProtocolException ignored -> call.malformed("no_http", "the answer is not HTTP");
            case IOException ignored ->
                call.failure(
                        Kind.UNAVAILABLE, "connection_lost", "the connection ended before the answer did, " + type);
            default -> call.malformed("no_http", "the answer is not HTTP, " + type);
        };
    }

    /** RFC 9110, 10.2.3: seconds, or a date. */
    private Duration retryAfter(Answer answer) {
        var text = answer.headers().firstValue("Retry-After").orElse("").strip();
        if (text.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return bounded(Duration.between(clock.instant(), until));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }

    private static final class TooLargeException extends IOException {}

    /** All bytes of a body, or a failure as soon as they are too many. */
    private static final class BoundedBody implements BodySubscriber<byte[]> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (var buffer : buffers) {
                if (bytes.size() + buffer.remaining() > MOST_ANSWER_BYTES) {
                    subscription.cancel();
                    body.completeExceptionally(new TooLargeException());
                    return;
                }
                var piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
