package io.bursar.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition an account has in each topic that is keyed by account. */
final class AccountPartitions {
    private AccountPartitions() {}

    static int of(String accountId, int partitions) {
        return Utils.toPositive(Utils.murmur2(accountId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
