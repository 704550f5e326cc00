package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsException;
import io.bursar.topology.settings.SettingsSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsConfigurationTest {
    /** Bursar's own choice unless somebody makes another one. */
    private static final Set<String> DEFAULTS =
            Set.of("producer.retry.backoff.ms", "producer.compression.type", "producer.batch.size");

    @Test
    void the_producer_is_made_for_short_transactions() {
        assertThat(producer(Map.of()))
                .containsEntry("retry.backoff.ms", 10)
                .containsEntry("compression.type", "lz4")
                .containsEntry("batch.size", 262_144);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.", "kafka.producer."})
    void what_is_set_for_all_clients_or_the_producer_wins_over_our_choice(String prefix) {
        var producer = producer(Map.of(
                prefix + "retry.backoff.ms", "50", prefix + "compression.type", "zstd", prefix + "batch.size", "1"));

        assertThat(producer)
                .containsEntry("retry.backoff.ms", "50")
                .containsEntry("compression.type", "zstd")
                .containsEntry("batch.size", "1");
    }

    @Test
    void what_is_set_for_the_producer_wins_over_what_is_set_for_all_clients() {
        assertThat(producer(Map.of("kafka.retry.backoff.ms", "50", "kafka.producer.retry.backoff.ms", "60")))
                .containsEntry("retry.backoff.ms", "60");
    }

    @Test
    void the_profile_wins_over_our_choice_and_the_largest_row_still_fits() {
        var producer = producer(Map.of("profile", "small"));

        assertThat(producer).containsEntry("batch.size", "65536").containsEntry("compression.type", "lz4");
        assertThat(Integer.parseInt((String) producer.get("buffer.memory")))
                .isGreaterThanOrEqualTo((int) producer.get("max.request.size"));
    }

    static Set<String> decided() {
        var names = StreamsConfiguration.of(Settings.load()).keySet();
        return names.stream().filter(name -> !DEFAULTS.contains(name)).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("decided")
    void nothing_is_overridden_in_silence(String name) {
        var source = SettingsSource.flags(Map.of("kafka." + name, "1"));

        assertThat(catchThrowableOfType(SettingsException.class, () -> Settings.load(source))
                        .faults())
                .singleElement()
                .asString()
                .startsWith("kafka." + name + " (flag) is refused: ");
    }

    private static Map<String, Object> producer(Map<String, String> flags) {
        var settings = Settings.load(SettingsSource.flags(flags));
        return new StreamsConfig(StreamsConfiguration.of(settings)).getProducerConfigs("client");
    }
}
