package io.bursar.stack;

import java.time.Duration;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container, for those who ask for one with {@code -Dkafka=container}. */
public final class BrokerContainer implements AutoCloseable {
    private static final String IMAGE = "apache/kafka:4.3.1";

    /** Long enough for clients to notice, shorter than the timeout of Bursar's transactions. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final KafkaContainer container = new KafkaContainer(IMAGE);

    private BrokerContainer() {}

    /**
     * The container, started, if it is asked for; says which broker it is in either case.
     *
     * @throws AssertionError when one is asked for and there is no Docker, or the property has another value
     */
    public static Optional<BrokerContainer> ifAskedFor() {
        var kafka = System.getProperty("kafka", "process");
        return switch (kafka) {
            case "process" -> {
                System.out.println("Kafka is a broker process on this machine; -Dkafka=container takes a container.");
                yield Optional.empty();
            }
            case "container" -> Optional.of(started());
            default -> throw new AssertionError("-Dkafka is '" + kafka + "', but must be 'process' or 'container'");
        };
    }

    private static BrokerContainer started() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new AssertionError("-Dkafka=container asks for a broker in a container, but no Docker daemon can be"
                    + " reached; without that flag the test runs on a broker process");
        }
        var broker = new BrokerContainer();
        broker.container.start();
        System.out.println("Kafka is the container " + IMAGE + " at " + broker.bootstrapServers() + ".");
        return broker;
    }

    String bootstrapServers() {
        return container.getBootstrapServers();
    }

    /** Freezes the broker for a while: a stop would give it another port and no data. */
    void pause() {
        var docker = container.getDockerClient();
        docker.pauseContainerCmd(container.getContainerId()).exec();
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker was paused", e);
        } finally {
            docker.unpauseContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
