package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.desk.DeskCopy;
import io.bursar.desk.DeskRules;
import io.bursar.processors.DeadLetters;
import io.bursar.processors.RegistryWaits;
import io.bursar.processors.Replies;
import io.bursar.processors.desk.DeskSettings;
import io.bursar.processors.desk.DeskTopics;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.DeleteBrokerAccount;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.RefreshStarted;
import io.bursar.schemas.RefreshSucceeded;
import io.bursar.schemas.Reply;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.RecordEncoder;
import io.bursar.topology.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskTopologyTest {
    private static final Topics TOPICS = new Topics("bursar.", 1, 1);
    private static final Instant T0 = Instant.parse("2026-03-02T12:00:00Z");
    private static final String ID = "acme:production:U1";

    @TempDir
    private Path folder;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final MetricRegistry metrics = new MetricRegistry();
    private DeskCopy copy;
    private TopologyTestDriver driver;

    private void start() {
        var topology = new Topology();
        copy = new DeskTopology(TOPICS, settings(), registry, new RegistryWaits(), metrics).addTo(topology);
        var properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "test",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:1",
                StreamsConfig.STATE_DIR_CONFIG,
                folder.toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2));
        driver = new TopologyTestDriver(topology, properties, T0);
    }

    private DeskSettings settings() {
        return new DeskSettings(
                new DeskTopics(TOPICS.brokerAccounts(), TOPICS.tokens(), TOPICS.operations()),
                4,
                idOf(TOPICS.brokerAccountStates(), BrokerAccount.getClassSchema()),
                idOf(TOPICS.tokenRefreshes(), TokenRefreshCall.getClassSchema()),
                idOf(TOPICS.tokenHistory(), TokenRefresh.getClassSchema()),
                idOf(TOPICS.tokens(), TokenEvent.getClassSchema()),
                idOf(TOPICS.replies(), Reply.getClassSchema()),
                new DeskRules(Duration.ofHours(1), 3, Duration.ofSeconds(30), broker -> BrokerLimits.DEFAULT));
    }

    private int idOf(String topic, Schema schema) {
        return registry.idOf(topic + "-value", schema);
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void an_account_is_published_for_all_instances_and_its_maker_is_answered() {
        start();

        create("c1");

        assertThat(reply()).returns(true, Reply::getAccepted).returns(1L, Reply::getSequence);
        assertThat(read(TOPICS.brokerAccountStates(), BrokerAccount.class))
                .extracting(BrokerAccount::getId)
                .containsExactly(ID);
        assertThat(copy.account(ID)).isPresent();
    }

    @Test
    void a_repeat_of_a_command_gets_the_first_answer() {
        start();
        create("c1");
        reply();

        create("c1");

        assertThat(reply()).returns(true, Reply::getAccepted).returns(true, Reply::getRepeated);
    }

    @Test
    void what_is_refused_is_answered_with_all_its_faults() {
        start();

        send(
                TOPICS.brokerAccounts(),
                ID,
                new BrokerAccountCommand(
                        "c1", ID, T0, creation().setName("").setOwner("").build()));

        var reply = reply();
        assertThat(reply.getReason()).isEqualTo("fields_are_invalid");
        assertThat(reply.getFaults()).hasSize(2);
        assertThat(copy.accounts()).isEmpty();
    }

    @Test
    void time_has_a_token_fetched_and_renewed_and_the_history_says_so() {
        start();
        create("c1");
        driver.advanceWallClockTime(Duration.ofMillis(200));

        var call = read(TOPICS.tokenRefreshes(), TokenRefreshCall.class).getLast();
        startAttempt(call);
        succeed(call, Duration.ofMinutes(10));

        assertThat(copy.account(ID).orElseThrow().getToken().getStatus()).isEqualTo(BrokerTokenStatus.VALID);
        assertThat(copy.refreshes(ID)).singleElement().returns(RefreshOutcome.SUCCEEDED, TokenRefresh::getOutcome);
        driver.advanceWallClockTime(Duration.ofMinutes(5));
        driver.advanceWallClockTime(Duration.ofMillis(200));
        assertThat(read(TOPICS.tokenRefreshes(), TokenRefreshCall.class))
                .extracting(TokenRefreshCall::getNumber)
                .contains(2L);
    }

    @Test
    void an_attempt_belongs_to_the_worker_that_asked_first() {
        start();
        create("c1");
        driver.advanceWallClockTime(Duration.ofMillis(200));
        var call = read(TOPICS.tokenRefreshes(), TokenRefreshCall.class).getLast();

        assertThat(startAttempt(call).getAccepted()).isTrue();
        assertThat(startAttempt(call).getReason()).isEqualTo("attempt_not_offered");
    }

    @Test
    void reports_are_counted_and_published_with_the_next_tick() {
        start();
        create("c1");
        read(TOPICS.brokerAccountStates(), BrokerAccount.class);
        var outcome = OperationOutcome.newBuilder()
                .setOperation("QUOTE")
                .setSuccess(false)
                .setCode("http_500")
                .build();

        send(TOPICS.operations(), ID, new OperationReport(ID, T0, outcome));
        send(TOPICS.operations(), ID, new OperationReport(ID, T0, outcome));
        assertThat(read(TOPICS.brokerAccountStates(), BrokerAccount.class)).isEmpty();
        driver.advanceWallClockTime(Duration.ofMillis(200));

        assertThat(copy.account(ID).orElseThrow().getUsage().getErrorsInRow()).isEqualTo(2);
    }

    @Test
    void a_deleted_account_is_gone_from_the_copy() {
        start();
        create("c1");

        send(TOPICS.brokerAccounts(), ID, new BrokerAccountCommand("c2", ID, T0, new DeleteBrokerAccount()));

        assertThat(copy.account(ID)).isEmpty();
    }

    @Test
    void what_cannot_be_read_goes_to_the_dead_letters_with_its_cause() {
        start();
        input(TOPICS.tokens(), ID, new byte[] {1, 2, 3});
        send(
                TOPICS.brokerAccounts(),
                "another",
                new BrokerAccountCommand("c1", ID, T0, creation().build()));

        var letters = driver.createOutputTopic(
                        TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(letters).hasSize(2);
        assertThat(new String(
                        letters.getLast()
                                .headers()
                                .lastHeader(DeadLetters.CAUSE)
                                .value(),
                        StandardCharsets.UTF_8))
                .contains("accountId is '" + ID + "'");
        assertThat(copy.accounts()).isEmpty();
    }

    private void create(String commandId) {
        send(
                TOPICS.brokerAccounts(),
                ID,
                new BrokerAccountCommand(commandId, ID, T0, creation().build()));
    }

    private static CreateBrokerAccount.Builder creation() {
        return CreateBrokerAccount.newBuilder()
                .setOwner("desk-1")
                .setName("Main")
                .setNumber("U1")
                .setBroker("acme")
                .setEnvironment(BrokerEnvironment.PRODUCTION)
                .setType(BrokerAccountType.STANDARD)
                .setSecrets(List.of(secret("clientSecret", 1)));
    }

    private static SealedSecret secret(String name, long version) {
        return new SealedSecret(name, version, 1, ByteBuffer.wrap(new byte[] {7}));
    }

    private Reply startAttempt(TokenRefreshCall call) {
        read(TOPICS.replies(), Reply.class);
        send(
                TOPICS.tokens(),
                ID,
                new TokenEvent(
                        "start-" + System.nanoTime(),
                        ID,
                        T0,
                        new RefreshStarted(call.getNumber(), call.getAttempt(), "w")));
        return reply();
    }

    private void succeed(TokenRefreshCall call, Duration life) {
        var token = NewToken.newBuilder()
                .setAccess(secret("accessToken", call.getTokenVersion()))
                .setHash("hash")
                .setIssuedAt(T0)
                .setExpiresAt(T0.plus(life))
                .build();
        var success = new RefreshSucceeded(call.getNumber(), call.getAttempt(), "w", token);
        send(TOPICS.tokens(), ID, new TokenEvent("success", ID, T0, success));
    }

    private void send(String topic, String key, SpecificRecord message) {
        input(topic, key, encode(topic, message));
    }

    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> byte[] encode(String topic, T message) {
        var type = (Class<T>) message.getClass();
        return new RecordEncoder<>(type, idOf(topic, SpecificData.get().getSchema(type))).encode(message);
    }

    private void input(String topic, String key, byte[] value) {
        var headers = new RecordHeaders();
        headers.add(Replies.REPLY_TO, "2".getBytes(StandardCharsets.US_ASCII));
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, headers, T0));
    }

    private Reply reply() {
        return read(TOPICS.replies(), Reply.class).getLast();
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        var decoder = new RecordDecoder<>(type, registry);
        return driver
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .filter(record -> record.value() != null)
                .map(record -> decoder.decode(record.value()))
                .toList();
    }
}
