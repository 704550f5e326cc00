package io.bursar.service;

import io.bursar.service.http.Headers;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.RequestBody;
import io.bursar.service.security.Caller;
import io.bursar.service.security.RequestId;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests on to the instance that has the account's partition, and gives its answers back as they came. A request
 * that was sent on already is not sent on again. Thread-safe.
 */
final class Forwarder implements AutoCloseable {
    /** On a request that another instance has sent on. A caller who sets it asks this instance alone. */
    static final String FORWARDED = "Bursar-Forwarded";

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);

    /** The whole answer, beside what the other one waits for. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private static final List<String> OF_THE_REQUEST = List.of(
            Header.AUTHORIZATION,
            RequestId.HEADER,
            Header.ACCEPT,
            Header.CONTENT_TYPE,
            Headers.IDEMPOTENCY_KEY,
            Headers.TRACE_PARENT);

    private static final List<String> OF_THE_ANSWER = List.of(
            Header.CONTENT_TYPE,
            Header.CACHE_CONTROL,
            Header.RETRY_AFTER,
            Header.WWW_AUTHENTICATE,
            Header.ALLOW,
            Header.LOCATION,
            Headers.IDEMPOTENCY_KEY,
            Headers.IDEMPOTENCY_REPLAYED,
            AccountReads.STALE_HEADER);

    private final String scheme;
    private final Duration answersWithin;
    private final HttpClient client;

    /**
     * @param tls what this instance serves by, and so the others; empty for plain HTTP
     * @param longestWait how long an instance may wait for what it answers with
     */
    Forwarder(Optional<TlsFiles> tls, Duration longestWait) {
        this.scheme = tls.isPresent() ? "https" : "http";
        this.answersWithin = ANSWERS_WITHIN.plus(longestWait);
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECTS_WITHIN);
        tls.ifPresent(files -> builder.sslContext(files.forOtherInstances()));
        this.client = builder.build();
    }

    /**
     * Answers a request with what the owner answers.
     *
     * @param owner {@code host:port}
     * @throws ProblemException when it was sent on before, or the owner does not answer
     */
    void forward(Context context, String owner) {
        if (context.header(FORWARDED) != null) {
            throw new ProblemException(Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "partition_not_ready",
                    "the request was sent on to this instance, but the partition is at " + owner));
        }
        Caller.sendsOn(context);
        var answer = answer(request(context, owner), owner);
        context.status(answer.statusCode());
        OF_THE_ANSWER.forEach(
                name -> answer.headers().firstValue(name).ifPresent(value -> context.header(name, value)));
        context.result(answer.body());
    }

    private HttpRequest request(Context context, String owner) {
        var query = context.queryString();
        var target = scheme + "://" + owner + context.req().getRequestURI() + (query == null ? "" : "?" + query);
        var body = RequestBody.bytes(context);
        var request = HttpRequest.newBuilder(URI.create(target))
                .method(
                        context.method().name(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header(FORWARDED, "1");
        for (var name : OF_THE_REQUEST) {
            var value = context.header(name) != null
                    ? context.header(name)
                    : context.res().getHeader(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request.build();
    }

    private HttpResponse<byte[]> answer(HttpRequest request, String owner) {
        var answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(answersWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw noAnswer(owner, "cannot be reached: " + e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw noAnswer(owner, "did not answer within " + answersWithin.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw noAnswer(owner, "was not waited for, because this instance stops");
        }
    }

    private static ProblemException noAnswer(String owner, String what) {
        return new ProblemException(Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "owner_unreachable",
                "the account is kept by the instance at " + owner + ", which " + what));
    }

    /** Cuts off what is being asked. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
