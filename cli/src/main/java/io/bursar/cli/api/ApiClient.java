package io.bursar.cli.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Sends requests to the API, with the caller's key, and follows those that another instance has to answer. Safe for use by
 * several threads.
 */
public final class ApiClient implements AutoCloseable {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Longer than the API waits for a decision, unless it was told otherwise. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** An instance that names another one may be wrong when partitions move, but not for ever. */
    private static final int MAX_REDIRECTS = 3;

    private static final Set<Integer> REDIRECTS = Set.of(307, 308);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private static final Set<Integer> DONE = Set.of(OK, 201, ApiAnswer.ACCEPTED, NO_CONTENT);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiAddress address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    public ApiClient(ApiAddress address) {
        this.address = address;
    }

    /**
     * The answer to a request that needs no key of its own to be repeated.
     *
     * @throws ApiException when it was not answered with success
     */
    public ApiAnswer ask(ApiRequest request) throws InterruptedException {
        return successOf(request, exchange(request));
    }

    /**
     * The answer to a request, whatever its status is.
     *
     * @throws ApiException when there is none
     */
    public ApiAnswer exchange(ApiRequest request) throws InterruptedException {
        try {
            return answerOf(send(request, Map.of(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    /**
     * The decision about a command.
     *
     * @throws ApiException when it was refused, or the decision is not known; the message says how to ask for it
     */
    public ApiAnswer command(ApiRequest request) throws InterruptedException {
        return decision(request, ApiAnswer::isPending);
    }

    /**
     * The decision about a command that begins something, which goes on after the answer.
     *
     * @throws ApiException as {@link #command} does
     */
    public ApiAnswer begin(ApiRequest request) throws InterruptedException {
        return decision(request, ApiAnswer::isUndecided);
    }

    private ApiAnswer decision(ApiRequest request, Predicate<ApiAnswer> isMissing) throws InterruptedException {
        try {
            var answer = answerOf(send(request, Map.of(), BodyHandlers.ofByteArray()));
            if (isMissing.test(answer)) {
                throw undecided("There is no decision yet.", request, null);
            }
            // A server that fails, or a proxy that gets no answer, says nothing about what has become of a command.
            if (answer.status() >= FIRST_SERVER_ERROR) {
                throw undecided(ProblemText.of(request, answer, address), request, null);
            }
            return successOf(request, answer);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw noAnswer(e);
        } catch (IOException e) {
            throw undecided(noAnswer(e).getMessage(), request, e);
        }
    }

    private static ApiException undecided(String why, ApiRequest request, Throwable cause) {
        var key = request.idempotencyKey().map(id -> " with --idempotency-key=" + id);
        return new ApiException(
                ExitCode.UNDECIDED,
                "%s It may yet be decided, or is already: the same command%s asks for the decision and is decided once only."
                        .formatted(why, key.orElse("")),
                cause);
    }

    /**
     * Opens the events of an account.
     *
     * @param headers beside those of all requests
     * @return with status 200; the caller closes its body
     * @throws ApiException when it was answered otherwise
     * @throws IOException when there is no answer
     */
    HttpResponse<InputStream> open(ApiRequest request, Map<String, String> headers)
            throws IOException, InterruptedException {
        var response = send(request, headers, BodyHandlers.ofInputStream());
        if (response.statusCode() == OK) {
            return response;
        }
        try (var body = response.body()) {
            throw failure(request, new ApiAnswer(response.statusCode(), json(body.readAllBytes()), false));
        }
    }

    private ApiException failure(ApiRequest request, ApiAnswer answer) {
        var sentence = ProblemText.of(request, answer, address);
        boolean isPassing = answer.status() == TOO_MANY_REQUESTS || answer.status() >= FIRST_SERVER_ERROR;
        return isPassing
                ? ApiException.passing(sentence, null)
                : new ApiException(ProblemText.exitCode(answer.status()), sentence);
    }

    /** @throws ApiException when it is none */
    ApiAnswer successOf(ApiRequest request, ApiAnswer answer) {
        if (!DONE.contains(answer.status())) {
            throw failure(request, answer);
        }
        if (answer.status() != NO_CONTENT && answer.body().isMissingNode()) {
            throw new ApiException(
                    ExitCode.FAILURE,
                    "%s %s was answered with something other than JSON: is Bursar's API at %s?"
                            .formatted(request.method(), request.path(), address));
        }
        return answer;
    }

    private <T> HttpResponse<T> send(ApiRequest request, Map<String, String> headers, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var uri = URI.create(address.base() + request.path());
        for (int redirects = 0; ; redirects++) {
            var response = await(http.sendAsync(build(request, uri, headers), handler));
            var next = redirects < MAX_REDIRECTS ? redirect(response) : Optional.<URI>empty();
            if (next.isEmpty()) {
                return response;
            }
            if (response.body() instanceof InputStream stream) {
                stream.close();
            }
            uri = next.get();
        }
    }

    /** Until all of the response is there, or as much of it as its handler waits for. */
    private static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> response)
            throws IOException, InterruptedException {
        try {
            return response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw Failures.timeout(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** To where it is sent on; never from a secure connection to one that is not, because the key goes with it. */
    private static Optional<URI> redirect(HttpResponse<?> response) {
        if (!REDIRECTS.contains(response.statusCode())) {
            return Optional.empty();
        }
        return response.headers()
                .firstValue("Location")
                .map(response.uri()::resolve)
                .filter(to -> isSecure(to) || !isSecure(response.uri()));
    }

    private static boolean isSecure(URI uri) {
        return "https".equals(uri.getScheme());
    }

    private HttpRequest build(ApiRequest request, URI uri, Map<String, String> headers) {
        var builder = HttpRequest.newBuilder(uri)
                .method(
                        request.method(),
                        request.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        address.key().ifPresent(key -> builder.header("Authorization", "Bearer " + key));
        request.body().ifPresent(body -> builder.header("Content-Type", "application/json"));
        request.idempotencyKey().ifPresent(key -> builder.header(IDEMPOTENCY_KEY, key));
        headers.forEach(builder::header);
        return builder.build();
    }

    private static ApiAnswer answerOf(HttpResponse<byte[]> response) {
        boolean replayed = response.headers()
                .firstValue("Idempotency-Replayed")
                .filter("true"::equals)
                .isPresent();
        return new ApiAnswer(response.statusCode(), json(response.body()), replayed);
    }

    /** A missing node when it is none. */
    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiException noAnswer(IOException failure) {
        return ApiException.passing("No answer from %s: %s.".formatted(address, Failures.describe(failure)), failure);
    }

    @Override
    public void close() {
        // Nothing that is still on its way is waited for.
        http.shutdownNow();
    }
}
