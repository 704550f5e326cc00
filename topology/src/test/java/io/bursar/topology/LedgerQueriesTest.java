package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bursar.ledger.LedgerRules;
import io.bursar.processors.ReferenceTables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerQueriesTest {
    @TempDir
    private Path folder;

    private ToldStreams streams;

    @BeforeEach
    void make() {
        streams = new ToldStreams(folder);
    }

    @AfterEach
    void close() {
        streams.close();
    }

    static Stream<KeyQueryMetadata> nobody() {
        return Stream.of(
                KeyQueryMetadata.NOT_AVAILABLE, new KeyQueryMetadata(HostInfo.unavailable(), Set.of(), 0), null);
    }

    @ParameterizedTest
    @MethodSource("nobody")
    void an_account_whose_partition_nobody_has_is_worth_another_try(KeyQueryMetadata metadata) {
        streams.metadata = metadata;

        assertThatThrownBy(() -> queries("10.0.0.1:8080").namedAccount("A1"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("no instance has the partition of account A1 yet");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:8080, 10.0.0.1",
        "bursar-1.bursar:8080, bursar-1.bursar",
        "[::1]:8080, ::1",
        "[2001:db8::7]:8080, 2001:db8::7",
    })
    void an_account_of_this_instance_is_looked_for_in_its_store(String applicationServer, String host) {
        streams.metadata = new KeyQueryMetadata(new HostInfo(host, 8080), Set.of(), 0);

        assertThatThrownBy(() -> queries(applicationServer).namedAccount("A1"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("the partition of account A1 is not ready");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, 8080, 10.0.0.2:8080",
        "10.0.0.1, 8081, 10.0.0.1:8081",
        "::2, 8080, [::2]:8080",
    })
    void an_account_of_another_instance_is_told_by_an_address_that_fits_into_a_url(
            String host, int port, String owner) {
        streams.metadata = new KeyQueryMetadata(new HostInfo(host, port), Set.of(), 0);

        var elsewhere = catchThrowableOfType(
                OwnedElsewhereException.class, () -> queries("10.0.0.1:8080").namedAccount("A1"));

        assertThat(elsewhere.owner()).isEqualTo(owner);
    }

    @Test
    void an_instance_that_stops_after_it_was_asked_is_not_available() {
        streams.askedForStore = () -> {
            streams.toldState.set(KafkaStreams.State.NOT_RUNNING);
            throw new IllegalStateException("KafkaStreams is not running. State is NOT_RUNNING.");
        };

        assertThatThrownBy(() -> queries(null).namedAccount("A1"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("this instance is NOT_RUNNING and answers no queries");
    }

    @Test
    void a_defect_is_not_taken_for_a_stop() {
        streams.askedForStore = () -> {
            throw new IllegalStateException("a defect");
        };

        assertThatThrownBy(() -> queries(null).namedAccount("A1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a defect");
    }

    private LedgerQueries queries(String applicationServer) {
        return new LedgerQueries(
                streams,
                new GroupContact(Duration.ofSeconds(10)),
                Optional.ofNullable(applicationServer),
                4,
                new ReferenceTables(),
                LedgerRules.DEFAULT);
    }

    /** Says what a test tells it to; never runs. */
    private static final class ToldStreams extends KafkaStreams {
        private final AtomicReference<State> toldState = new AtomicReference<>(State.RUNNING);
        private KeyQueryMetadata metadata;
        private Supplier<RuntimeException> askedForStore = () -> new InvalidStateStoreException("not open");

        ToldStreams(Path folder) {
            super(topology(), properties(folder));
        }

        @Override
        public State state() {
            // Null while the superclass is being made.
            return toldState == null ? super.state() : toldState.get();
        }

        @Override
        public <K> KeyQueryMetadata queryMetadataForKey(String storeName, K key, Serializer<K> keySerializer) {
            return metadata;
        }

        @Override
        public <T> T store(StoreQueryParameters<T> parameters) {
            throw askedForStore.get();
        }

        private static Topology topology() {
            return new Topology()
                    .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic");
        }

        private static Properties properties(Path folder) {
            var properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "queries");
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
            properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
            return properties;
        }
    }
}
