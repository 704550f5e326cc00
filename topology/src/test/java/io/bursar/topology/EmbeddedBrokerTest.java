package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EmbeddedBrokerTest {

    @Test
    void topics_and_port_survive_a_stop_and_start(@TempDir Path folder) throws Exception {
        try (var broker = EmbeddedBroker.start(folder);
                var admin = broker.admin()) {
            var servers = broker.bootstrapServers();
            admin.createTopics(List.of(new NewTopic("orders", Optional.of(3), Optional.empty())))
                    .all()
                    .get();

            broker.stop();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(servers);
            assertThat(admin.listTopics().names().get()).contains("orders");
        }
    }
}
