package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.BrokerLimits;
import io.bursar.processors.RegistryWaitEndedException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import io.bursar.topology.topics.TopicAdmin;
import io.bursar.topology.topics.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BursarTest {
    private final MetricRegistry metrics = new MetricRegistry();
    private final AtomicReference<Throwable> end = new AtomicReference<>();

    @Test
    void a_start_that_waits_for_the_schema_registry_says_so_until_it_is_interrupted(@TempDir Path folder)
            throws InterruptedException {
        try (var broker = EmbeddedBroker.start(folder.resolve("broker"));
                var bursar = new Bursar(settings(broker, folder), metrics, id -> BrokerLimits.DEFAULT, () -> {})) {
            assertThat(gauge()).isEqualTo(0);
            assertThat(bursar.state()).isEqualTo("STARTING");

            var starting = new Thread(bursar::start);
            starting.setUncaughtExceptionHandler((thread, failure) -> end.set(failure));
            starting.start();
            while (bursar.waitingForRegistry().isEmpty()) {
                Thread.sleep(10);
            }

            assertThat(bursar.waitingForRegistry())
                    .singleElement()
                    .asString()
                    .startsWith("start: The schema registry at http://127.0.0.1:1 cannot be reached");
            assertThat(gauge()).isEqualTo(1);
            assertThat(bursar.state()).isEqualTo("STARTING");
            assertThat(bursar.isReady()).isFalse();
            assertThat(bursar.streamsMetrics()).isEmpty();
            assertThatThrownBy(bursar::queries).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(bursar::reference).isInstanceOf(UnavailableException.class);

            starting.interrupt();
            starting.join();
            assertThat(end.get()).isInstanceOf(RegistryWaitEndedException.class);
            assertThat(bursar.waitingForRegistry()).isEmpty();
        }
    }

    private Object gauge() {
        return ((Gauge<?>) metrics.getGauges().get("registry_waiting_partitions")).getValue();
    }

    private static Settings settings(EmbeddedBroker broker, Path folder) {
        var settings = Settings.load(SettingsSource.flags(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "schema.registry.url", "http://127.0.0.1:1",
                "partitions", "1",
                "replication.factor", "1",
                "state.dir", folder.resolve("state").toString())));
        try (var admin = broker.admin()) {
            var unused = new TopicAdmin(admin, Topics.from(settings)).create();
        }
        return settings;
    }
}
