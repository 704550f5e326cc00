package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.schemas.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventRoutesTest {
    private final LedgerInstance ledger = new LedgerInstance().open("A1", 0).open("A2", 0);
    private final Api api = new Api(ledger);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_stream_from_the_beginning_has_every_entry_of_the_account_and_no_other() throws IOException {
        ledger.deposit("A2", "USD", 5_00).deposit("A1", "USD", 100_00);
        try (var stream = new Stream("A1/events?from=beginning")) {
            assertThat(stream.next()).isEqualTo(new Event("0", "AccountOpened", 1));
            assertThat(stream.next()).isEqualTo(new Event("3", "FundsDeposited", 2));
            ledger.deposit("A2", "USD", 1).deposit("A1", "USD", 1);
            assertThat(stream.next()).isEqualTo(new Event("5", "FundsDeposited", 3));
        }
    }

    @Test
    void a_stream_begins_with_what_comes_from_now_on() throws IOException {
        try (var stream = new Stream("A1/events")) {
            ledger.deposit("A1", "USD", 100_00);

            assertThat(stream.next()).isEqualTo(new Event("2", "FundsDeposited", 2));
        }
    }

    @Test
    void a_stream_goes_on_after_the_last_event_that_the_client_has() throws IOException {
        ledger.deposit("A1", "USD", 1).deposit("A1", "USD", 2).deposit("A1", "USD", 3);
        try (var stream = new Stream("A1/events?from=beginning", "Last-Event-ID: 2")) {
            assertThat(stream.next()).isEqualTo(new Event("3", "FundsDeposited", 3));
            assertThat(stream.next()).isEqualTo(new Event("4", "FundsDeposited", 4));
        }
    }

    @Test
    void data_is_one_line_with_decimal_text() throws IOException {
        ledger.deposit("A1", "USD", 100_00)
                .buy("A1", "o1", 1_0000, 10_00)
                .fill("A1", "o1", Side.BUY, 4000, 10_00, 5)
                .buy("A1", "o2", 1_0000, 1_000_00);
        try (var stream = new Stream("A1/events", "Last-Event-ID: 1")) {
            stream.next();
            assertThat(stream.data.get("body"))
                    .isEqualTo(json("{\"deposit\": {\"asset\": \"USD\", \"amount\": \"100.00\"}}"));
            stream.next();
            assertThat(stream.data.at("/body/place/quantity").textValue()).isEqualTo("1.0000");
            assertThat(stream.data.at("/body/place/limitPrice").textValue()).isEqualTo("10.00");
            assertThat(stream.data.at("/order/held").textValue()).isEqualTo("10.00");
            stream.next();
            assertThat(stream.data.at("/body/fill/quantity").textValue()).isEqualTo("0.4000");
            assertThat(stream.data.at("/body/fill/fee").textValue()).isEqualTo("0.05");
            assertThat(stream.data.at("/body/notional").textValue()).isEqualTo("4.00");
            assertThat(stream.data.at("/body/late").booleanValue()).isFalse();
            assertThat(stream.data.at("/position/quantity").textValue()).isEqualTo("0.4000");
            assertThat(stream.data.at("/balances/0/total").textValue()).isEqualTo("95.95");
            stream.next();
            assertThat(stream.data.at("/body/rejection")).isEqualTo(json("""
                    {"reason": "insufficient_funds", "asset": "USD", "strategy": "", "required": "1000.00",
                     "available": "90.00"}
                    """));
        }
    }

    @Test
    void numbers_of_unknown_units_stand_apart() throws IOException {
        ledger.fill("A1", "o1", "XYZ-USD", Side.BUY, 7, 8, 0);
        try (var stream = new Stream("A1/events", "Last-Event-ID: 1")) {
            stream.next();
            assertThat(stream.data.at("/body/fill/unscaled")).isEqualTo(json("""
                    {"quantity": "7", "price": "8", "fee": "0"}
                    """));
            assertThat(stream.data.at("/body/fill").has("quantity")).isFalse();
        }
    }

    @Test
    void an_id_that_no_event_can_have_is_refused() {
        for (var id : List.of("2", "x", "-1")) {
            var response = api.send("GET", "/api/v1/accounts/A1/events", "", "Last-Event-ID", id);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).get("field").textValue()).isEqualTo("Last-Event-ID");
            assertThat(json(response).get("value").textValue()).isEqualTo(id);
        }
    }

    @Test
    void head_says_what_get_would_begin_with() {
        var response = api.send("HEAD", "/api/v1/accounts/A1/events", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).startsWith("text/event-stream");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void streams_beyond_the_hundredth_are_refused_until_one_ends() throws Exception {
        var streams = new ArrayList<Stream>();
        try {
            for (int stream = 0; stream < 100; stream++) {
                streams.add(new Stream("A1/events"));
            }
            var refused = api.get("/api/v1/accounts/A1/events");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).get("reason").textValue()).isEqualTo("too_many_streams");
            assertThat(header(refused, "Retry-After")).isEqualTo("1");

            streams.removeLast().close();
            awaitOpen(99);
            streams.add(new Stream("A1/events"));
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
        awaitOpen(0);
    }

    @Test
    void the_end_of_the_service_ends_its_streams() throws Exception {
        try (var stream = new Stream("A1/events")) {
            assertThat(ledger.openJournals).hasValue(1);
            api.service().close();

            assertThat(stream.isAtEnd()).isTrue();
            awaitOpen(0);
        }
    }

    /** A client that has gone is noticed when something is sent to it. */
    private void awaitOpen(int streams) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (ledger.openJournals.get() > streams && System.nanoTime() < deadline) {
            ledger.deposit("A1", "USD", 1);
            Thread.sleep(10);
        }
        assertThat(ledger.openJournals).hasValue(streams);
    }

    private record Event(String id, String kind, long sequence) {}

    /** The client end of one stream, on a connection of its own. */
    private final class Stream implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;
        private JsonNode data;

        Stream(String path, String... headers) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), api.service().port());
            socket.setSoTimeout(10_000);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var request = new StringBuilder("GET /api/v1/accounts/" + path + " HTTP/1.1\r\nHost: localhost\r\n");
            for (var header : headers) {
                request.append(header).append("\r\n");
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(after("content-type: ")).startsWith("text/event-stream");
        }

        Event next() throws IOException {
            var id = after("id: ");
            var kind = after("event: ");
            data = json(after("data: "));
            assertThat(data.get("kind").textValue()).isEqualTo(kind);
            return new Event(id, kind, data.get("sequence").longValue());
        }

        boolean isAtEnd() throws IOException {
            try {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    assertThat(line).doesNotStartWith("data");
                }
                return true;
            } catch (SocketException reset) {
                return true;
            }
        }

        private String after(String name) throws IOException {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.regionMatches(true, 0, name, 0, name.length())) {
                    return line.substring(name.length());
                }
            }
            throw new AssertionError("the stream ended before " + name);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
