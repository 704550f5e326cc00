package io.bursar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.bursar.connect.JournalRecord;
import io.bursar.connect.postgres.Database;
import io.bursar.connect.postgres.JournalTables;
import io.bursar.connect.postgres.Migrations;
import io.bursar.connect.postgres.Schema;
import io.bursar.desk.BrokerLimits;
import io.bursar.local.PostgresPrograms;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.service.HttpService;
import io.bursar.stack.Desk;
import io.bursar.stack.JournalReader;
import io.bursar.stack.Listings;
import io.bursar.stack.Message;
import io.bursar.stack.MessageProducer;
import io.bursar.stack.RunningStack;
import io.bursar.stack.Wait;
import io.bursar.topology.Bursar;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A process of the stack and an instance in this one share the partitions; clients ask whichever they like. */
@TestInstance(Lifecycle.PER_CLASS)
class TwoInstancesTest {
    private static final String INSTRUMENT = "TXYZ-TUSD";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ACCOUNTS =
            IntStream.range(0, 12).mapToObj(account -> "two-" + account).toList();

    private final HttpClient client = HttpClient.newHttpClient();
    private final RunningStack stack = RunningStack.startInstances("two-instances", 1);
    private final MessageProducer producer = stack.producer();
    private final JournalReader journal = stack.journal();
    private EmbeddedPostgres postgres;
    private Second second;
    private List<String> urls;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, hardware) -> PostgresPrograms.of(system))
                .start();
        second = new Second(stack, postgres.getJdbcUrl("postgres", "postgres"), folder);
        urls = List.of(stack.httpUrl(), second.url());
        Listings.publish(
                stack,
                producer,
                List.of(new Asset("TUSD", 2), new Asset("TXYZ", 4)),
                List.of(new Instrument(INSTRUMENT, "TXYZ", "TUSD", 2, null, null, null)));
    }

    @AfterAll
    void stop() throws IOException {
        second.close();
        postgres.close();
        journal.close();
        producer.close();
        stack.close();
        client.close();
    }

    @Test
    void either_instance_answers_for_every_account() {
        ACCOUNTS.stream().map(this::desk).forEach(desk -> desk.open().deposit("TUSD", 5_00));

        Wait.until("a share for each instance", PATIENCE, () -> {
            var own = urls.stream().map(this::answeredAlone).toList();
            return own.stream().noneMatch(List::isEmpty)
                            && own.stream().mapToInt(List::size).sum() == ACCOUNTS.size()
                    ? Optional.empty()
                    : Optional.of("they have " + own);
        });
        for (var account : ACCOUNTS) {
            var answers = urls.stream()
                    .map(url -> json(url + "/api/v1/accounts/" + account + "/balances?min-sequence=2"))
                    .toList();
            assertThat(answers.getFirst().at("/balances/0/total").textValue()).isEqualTo("5.00");
            assertThat(answers).allMatch(answers.getFirst()::equals);
        }
        for (var url : urls) {
            assertThat(listed(url, 5)).containsAll(ACCOUNTS).doesNotHaveDuplicates();
            assertThat(json(url + "/api/v1/assets/TUSD").get("scale").intValue())
                    .isEqualTo(2);
        }
        standbysAnswerWhereTheyMay();
        eventsGoOnAtTheOtherInstance();
    }

    @Test
    void the_past_is_read_from_the_tables() throws SQLException {
        var accountId = accountOf(second.url());
        var account = second.url() + "/api/v1/accounts/" + accountId;
        var desk = desk(accountId).open().deposit("TUSD", 100_00);
        var accepted = desk.buy("o1", 2_0000, 10_00, null);
        var settled = desk.filled("o1", "x1", 1_0000, 9_00);
        assertThat(get(account + "/journal").statusCode()).as("without tables").isEqualTo(503);
        try (var tables = new Tables(postgres, stack)) {
            assertThat(get(account + "/trades").statusCode()).isEqualTo(404);
            tables.write();

            var entries = json(account + "/journal?from-sequence=3");
            assertThat(entries.get("sequence").longValue()).isEqualTo(4);
            assertThat(texts(entries.get("entries"), "kind")).containsExactly("OrderAccepted", "FillSettled");
            assertThat(entries.at("/entries/0/body/place/quantity").textValue()).isEqualTo("2.0000");
            assertThat(entries.at("/entries/0/postings").findValuesAsText("amount"))
                    .containsExactlyInAnyOrder("-20.00", "20.00");
            assertThat(entries.at("/entries/1/body/notional").textValue()).isEqualTo("9.00");
            var first = json(account + "/journal?limit=3");
            var rest =
                    json(account + "/journal?cursor=" + first.get("nextCursor").textValue());
            assertThat(texts(rest.get("entries"), "sequence")).containsExactly("4");

            var trades = json(account + "/trades").get("trades");
            assertThat(trades.findValuesAsText("executionId")).containsExactly("x1");
            assertThat(trades.at("/0/price").textValue()).isEqualTo("9.00");

            assertThat(balances(account + "/balances?as-of-sequence=2")).containsExactly("TUSD 100.00 0.00 100.00");
            assertThat(balances(account + "/balances?as-of-sequence=3")).containsExactly("TUSD 100.00 20.00 80.00");
            assertThat(json(account + "/balances?as-of-sequence=4").get("balances"))
                    .isEqualTo(json(account + "/balances").get("balances"));
            assertThat(balances(account + "/balances?as-of=" + accepted.getOccurredAt()))
                    .containsExactly("TUSD 100.00 20.00 80.00");

            assertThat(reason(account + "/balances?as-of-sequence=5")).isEqualTo("503 not_yet_in_database");
            var unused = desk.deposit("TUSD", 1_00);
            assertThat(balances(account + "/balances?as-of=" + accepted.getOccurredAt()))
                    .as("what came later does not matter")
                    .containsExactly("TUSD 100.00 20.00 80.00");
            assertThat(reason(account + "/journal?min-sequence=5")).isEqualTo("503 not_yet_in_database");
            tables.write();
            assertThat(balances(account + "/balances?as-of=" + Desk.now())).contains("TUSD 92.00 10.00 82.00");
        }
        assertThat(settled.getSequence()).isEqualTo(4);
        assertThat(reason(stack.httpUrl() + "/api/v1/accounts/" + accountId + "/trades"))
                .isEqualTo("501 no_database");
    }

    /** One that the instance will have itself: only that one knows whether its tables have everything up to an instant. */
    private String accountOf(String url) {
        var found = new AtomicReference<String>();
        Wait.until("a partition for " + url, PATIENCE, () -> {
            IntStream.range(0, 50)
                    .mapToObj(number -> "past-" + number)
                    .filter(id -> get(url + "/api/v1/accounts/" + id, "Bursar-Forwarded", "1")
                                    .statusCode()
                            == 404)
                    .findFirst()
                    .ifPresent(found::set);
            return found.get() == null ? Optional.of("it has none") : Optional.empty();
        });
        return found.get();
    }

    private static List<String> texts(JsonNode elements, String field) {
        return StreamSupport.stream(elements.spliterator(), false)
                .map(element -> element.get(field).asText())
                .toList();
    }

    private List<String> balances(String url) {
        return StreamSupport.stream(json(url).get("balances").spliterator(), false)
                .map(balance -> String.join(
                        " ",
                        balance.get("asset").textValue(),
                        balance.get("total").textValue(),
                        balance.get("reserved").textValue(),
                        balance.get("available").textValue()))
                .toList();
    }

    private String reason(String url) {
        var answer = get(url);
        return answer.statusCode() + " " + parsed(answer.body()).get("reason").textValue();
    }

    private Desk desk(String account) {
        return new Desk(stack.topics(), producer, journal, account, INSTRUMENT);
    }

    /** Those that the instance has itself. */
    private List<String> answeredAlone(String url) {
        return ACCOUNTS.stream()
                .filter(account -> get(url + "/api/v1/accounts/" + account, "Bursar-Forwarded", "1")
                                .statusCode()
                        == 200)
                .toList();
    }

    private void standbysAnswerWhereTheyMay() {
        for (var url : urls) {
            var own = answeredAlone(url);
            for (var account : ACCOUNTS) {
                var path = url + "/api/v1/accounts/" + account + "/balances?min-sequence=2&stale=allow";
                Wait.until("the standby of " + account, PATIENCE, () -> {
                    var answer = get(path);
                    boolean isStale =
                            answer.headers().firstValue("Bursar-Stale").isPresent();
                    return answer.statusCode() == 200 && isStale != own.contains(account)
                            ? Optional.empty()
                            : Optional.of(answer.statusCode() + ", stale: " + isStale);
                });
            }
        }
    }

    private void eventsGoOnAtTheOtherInstance() {
        var path = "/api/v1/accounts/" + ACCOUNTS.getFirst() + "/events";
        String last;
        try (var events = events(urls.getFirst() + path + "?from=beginning")) {
            var ids = events.filter(line -> line.startsWith("id: ")).limit(2).toList();
            last = ids.get(1).substring("id: ".length());
        }
        deposit(7_00);
        deposit(8_00);
        try (var events = events(urls.get(1) + path, "Last-Event-ID", last)) {
            var data = events.filter(line -> line.startsWith("data: "))
                    .limit(2)
                    .map(line -> parsed(line.substring("data: ".length())))
                    .toList();
            assertThat(data)
                    .extracting(event -> event.get("sequence").longValue())
                    .containsExactly(3L, 4L);
            assertThat(data)
                    .extracting(event -> event.at("/body/deposit/amount").textValue())
                    .containsExactly("7.00", "8.00");
        }
    }

    private void deposit(long amount) {
        var account = ACCOUNTS.getFirst();
        var deposit = new BalanceUpdate("more-" + amount, account, Desk.now(), new Deposit("TUSD", amount, null, null));
        assertThat(producer.sendAndWait(new Message(stack.topics().balanceUpdates(), account, deposit))
                        .offset())
                .isNotNegative();
    }

    private List<String> listed(String url, int limit) {
        var found = new ArrayList<String>();
        var cursor = "";
        while (cursor != null) {
            var answer = json(url + "/api/v1/accounts?limit=" + limit + cursor);
            found.addAll(answer.get("accounts").findValuesAsText("accountId"));
            cursor = answer.has("nextCursor")
                    ? "&cursor=" + answer.get("nextCursor").textValue()
                    : null;
        }
        return found;
    }

    private JsonNode json(String url) {
        var answer = get(url);
        assertThat(answer.statusCode()).as("%s: %s", url, answer.body()).isEqualTo(200);
        return parsed(answer.body());
    }

    private HttpResponse<String> get(String url, String... headers) {
        return send(url, BodyHandlers.ofString(), headers);
    }

    private Stream<String> events(String url, String... headers) {
        return send(url, BodyHandlers.ofLines(), headers).body();
    }

    private <T> HttpResponse<T> send(String url, HttpResponse.BodyHandler<T> body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(15));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to GET " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for " + url, e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    /** Another instance of the stack's application, in this process. */
    private static final class Second implements AutoCloseable {
        private final Bursar bursar;
        private final HttpService service;

        Second(RunningStack stack, String postgresUrl, Path folder) throws IOException {
            int port;
            try (var free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            var settings = Settings.load(SettingsSource.flags(Map.ofEntries(
                    Map.entry("bootstrap.servers", stack.bootstrapServers()),
                    Map.entry("schema.registry.url", stack.registryUrl()),
                    Map.entry("application.id", RunningStack.APPLICATION_ID),
                    Map.entry("replication.factor", "1"),
                    Map.entry("state.dir", folder.toString()),
                    Map.entry("http.port", Integer.toString(port)),
                    Map.entry("http.auth", "none"),
                    Map.entry("application.server", "127.0.0.1:" + port),
                    Map.entry("group.instance.id", "second"),
                    Map.entry("num.standby.replicas", "1"),
                    Map.entry("rocksdb.memory.mb", "64"),
                    Map.entry("postgres.url", postgresUrl))));
            bursar = new Bursar(settings, new MetricRegistry(), broker -> BrokerLimits.DEFAULT, () -> {});
            service = new HttpService(bursar);
            bursar.start();
            service.start();
        }

        String url() {
            return "http://127.0.0.1:" + service.port();
        }

        @Override
        public void close() {
            service.close();
            bursar.close();
        }
    }

    /** The tables of the journal, filled when a test says so. */
    private static final class Tables implements AutoCloseable {
        private static final Schema SCHEMA = new Schema("bursar");

        private final RunningStack stack;
        private final HikariDataSource connections;
        private final JournalTables tables;

        Tables(EmbeddedPostgres postgres, RunningStack stack) throws SQLException {
            this.stack = stack;
            var url = postgres.getJdbcUrl("postgres", "postgres");
            try (var migrating = Database.migrating(url, "postgres", "")) {
                Migrations.apply(migrating, SCHEMA);
            }
            connections = Database.connections(url, "postgres", "", 1);
            tables = new JournalTables(connections, SCHEMA, stack.topics().journal());
        }

        /** Writes what the journal has more than they. */
        void write() throws SQLException {
            var topic = stack.topics().journal();
            try (var reader = stack.read(List.of(topic));
                    var deserializer = new AvroDeserializer<>(JournalEntry.class, stack.registry())) {
                var records = reader.readToEnd();
                tables.claim(records.stream()
                        .map(record -> new TopicPartition(topic, record.partition()))
                        .distinct()
                        .toList());
                var more = records.stream()
                        .filter(record ->
                                record.offset() >= tables.nextOffset(new TopicPartition(topic, record.partition())))
                        .map(record -> new JournalRecord(
                                record.partition(), record.offset(), deserializer.deserialize(topic, record.value())))
                        .toList();
                assertThat(tables.write(more)).isTrue();
            }
        }

        @Override
        public void close() {
            connections.close();
        }
    }
}
