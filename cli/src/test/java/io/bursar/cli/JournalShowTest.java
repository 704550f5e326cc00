package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.bursar.cli.api.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code bursar journal show}, and above all how it follows. */
class JournalShowTest {
    /** More than is ever sent: a stream of this length that ends was cut. */
    private static final int ENDLESS = 1_000_000;

    private static final String REVOKED = "{\"reason\":\"key_revoked\"}";

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of("BURSAR_URL", api.url()));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void entries_are_listed_with_their_orders() {
        api.answer(200, """
                {"entries":[{"sequence":5,"kind":"OrderAccepted","occurredAt":"2026-03-02T12:00:00Z","commandId":"o-1",
                 "order":{"orderId":"o-1","instrument":"BTC-USD","side":"BUY","filledQuantity":"0","status":"ACTIVE"}}]}""");

        assertThat(cli.execute("journal show alice --from=5")).isEqualTo(ExitCode.DONE);
        assertThat(cli.out().lines())
                .containsExactly(
                        "SEQUENCE  OCCURRED AT           KIND           COMMAND ID  ORDER ID  INSTRUMENT  SIDE  FILLED QUANTITY  STATUS",
                        "       5  2026-03-02T12:00:00Z  OrderAccepted  o-1         o-1       BTC-USD     BUY                 0  ACTIVE");
    }

    @Test
    void after_a_cut_connection_it_goes_on_behind_the_last_event() {
        api.answer(exchange ->
                        events(exchange, ENDLESS, event(70, 6) + ":\n\n" + event(71, 7) + "id: 72\ndata: {\"seq"))
                .answer(200, "{\"accountId\":\"alice\",\"sequence\":5}")
                .answer(exchange -> events(exchange, 0, event(72, 8)))
                .answer(403, REVOKED);

        assertThat(cli.execute("journal show alice --follow -o json")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.out().lines()).containsExactly("{\"sequence\":6}", "{\"sequence\":7}", "{\"sequence\":8}");
        assertThat(api.asked())
                .extracting(asked -> asked.path() + " " + asked.header("Last-Event-ID"))
                .containsExactly(
                        "/api/v1/accounts/alice/events ",
                        "/api/v1/accounts/alice ",
                        "/api/v1/accounts/alice/events 71",
                        "/api/v1/accounts/alice/events 72");
        assertThat(cli.err().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("The connection was lost (")
                .contains("it is made anew in ");
    }

    @Test
    void what_came_while_no_event_had_been_seen_comes_from_the_journal_and_nothing_twice() {
        api.answer(exchange -> events(exchange, 0, ":\n\n"))
                .answer(200, "{\"sequence\":4}")
                .answer(exchange -> events(exchange, 0, event(70, 6) + event(71, 7)))
                .answer(200, "{\"entries\":[{\"sequence\":5},{\"sequence\":6}]}")
                .answer(200, "{\"entries\":[]}")
                .answer(403, REVOKED);

        assertThat(cli.execute("journal show alice --follow -o csv")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.out().lines())
                .containsExactly(
                        "sequence,occurredAt,kind,commandId,order.orderId,order.instrument,order.side,order.filledQuantity,order.status",
                        "5,,,,,,,,",
                        "6,,,,,,,,",
                        "7,,,,,,,,");
        assertThat(api.asked())
                .extracting(FakeApi.Asked::path)
                .contains(
                        "/api/v1/accounts/alice/journal?from-sequence=5",
                        "/api/v1/accounts/alice/journal?from-sequence=7");
    }

    @Test
    void from_an_entry_on_it_shows_what_there_is_before_what_comes() {
        api.answer(exchange -> events(exchange, 0, event(70, 3)))
                .answer(200, "{\"entries\":[{\"sequence\":2}]}")
                .answer(200, "{\"entries\":[]}")
                .answer(403, REVOKED);

        assertThat(cli.execute("journal show alice --follow --from=2")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.out().lines().map(line -> line.replaceAll("\\s+-", "").strip()))
                .satisfiesExactly(
                        titles -> assertThat(titles).startsWith("SEQUENCE  OCCURRED AT  KIND"),
                        first -> assertThat(first).isEqualTo("2"),
                        second -> assertThat(second).isEqualTo("3"));
    }

    @Test
    void a_journal_that_cannot_be_read_now_is_asked_again() {
        api.answer(exchange -> events(exchange, ENDLESS, ":\n\n"))
                .answer(503, "{\"reason\":\"partition_not_ready\"}")
                .answer(exchange -> events(exchange, 0, ""))
                .answer(200, "{\"entries\":[{\"sequence\":2}]}")
                .answer(200, "{\"entries\":[]}")
                .answer(403, REVOKED);

        assertThat(cli.execute("journal show alice --follow --from=2 -o json")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.out().lines()).containsExactly("{\"sequence\":2}");
        assertThat(cli.err()).contains("The connection was lost (Not done: partition_not_ready); it is made anew in ");
    }

    @Test
    void an_account_that_was_never_named_is_followed_from_its_first_entry() {
        api.answer(exchange -> events(exchange, 0, event(0, 1)))
                .answer(404, "{\"reason\":\"account_not_found\"}")
                .answer(403, REVOKED);

        assertThat(cli.execute("journal show alice --follow -o json")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.out().lines()).containsExactly("{\"sequence\":1}");
    }

    @Test
    void a_limit_and_following_contradict_each_other() {
        assertThat(cli.execute("journal show alice --follow --limit=3")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--limit and --follow do not go together");
    }

    /** @param length of the answer; 0: as much as is sent */
    private static void events(HttpExchange exchange, int length, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, length);
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static String event(int id, int sequence) {
        return "id: %d\nevent: FundsDeposited\ndata: {\"sequence\":%d}\n\n".formatted(id, sequence);
    }
}
