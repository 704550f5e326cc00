package io.bursar.local;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;

/** A broker process. It formats its folder at the first start, which saves a process of its own for that. */
public final class BrokerMain {
    /** Kafka's own record of the cluster and node that a folder belongs to. */
    static final String IDENTITY_FILE = "meta.properties";

    private BrokerMain() {}

    /** @param args the configuration file, then the log folder it names */
    public static void main(String[] args) {
        var configuration = args[0];
        var logs = Path.of(args[1]);
        if (Files.notExists(logs.resolve(IDENTITY_FILE))) {
            format(configuration);
        }
        kafka.Kafka.main(new String[] {configuration});
    }

    private static void format(String configuration) {
        var clusterId = Uuid.randomUuid().toString();
        var status = kafka.tools.StorageTool.execute(
                new String[] {"format", "--cluster-id", clusterId, "--config", configuration}, System.out);
        if (status != 0) {
            throw new IllegalStateException("Formatting the broker's folder failed with status " + status);
        }
    }
}
