package io.bursar.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.cli.FakeApi;
import io.bursar.cli.api.EventStream.Patience;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final FakeApi api = new FakeApi();
    private final ApiClient client = new ApiClient(new ApiAddress(URI.create(api.url()), Optional.empty()));
    private final List<String> seen = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void it_gives_up_when_the_api_is_away_for_too_long() {
        for (int i = 0; i < 3; i++) {
            api.answer(503, "{\"reason\":\"partition_not_ready\"}");
        }

        assertThatThrownBy(() -> follow(new Patience(Duration.ofMinutes(1), SHORT, SHORT, 2)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE))
                .hasMessageContaining("the connection was lost 3 times in a row")
                .hasMessageContaining("partition_not_ready");
        assertThat(notes).hasSize(2);
    }

    @Test
    void a_connection_on_which_nothing_comes_counts_as_lost() {
        var end = new CountDownLatch(1);
        api.answer(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("id: 1\ndata: a\ndata: b\n\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    awaitQuietly(end);
                })
                .answer(403, "{\"reason\":\"key_revoked\"}");

        assertThatThrownBy(() -> follow(new Patience(Duration.ofMillis(300), SHORT, SHORT, 2)))
                .hasMessageContaining("key_revoked");
        end.countDown();
        assertThat(seen).containsExactly("a\nb");
        assertThat(api.last().header("Last-Event-ID")).isEqualTo("1");
    }

    private void follow(Patience patience) throws InterruptedException {
        new EventStream(client, ApiRequest.get("accounts", "alice", "events"), patience, notes::add)
                .follow(new EventStream.Follower() {
                    @Override
                    public void opened() {
                        // Nothing was there before.
                    }

                    @Override
                    public void event(String data) {
                        seen.add(data);
                    }
                });
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
