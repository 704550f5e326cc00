package io.bursar.service.desk;

import io.bursar.brokers.BrokerLogin;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.BrokerProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Broker accounts in the words of the brokers. */
final class Logins {
    private Logins() {}

    /**
     * What a broker wants to see; to be closed by the caller.
     *
     * @throws io.bursar.vault.SealException when a secret does not open
     */
    static BrokerLogin of(BrokerAccount account, Secrets secrets) {
        Map<String, byte[]> opened = new HashMap<>();
        for (var kept : Secrets.all(account)) {
            try (var secret = secrets.open(account.getId(), kept)) {
                opened.put(kept.getName(), secret.bytes().clone());
            }
        }
        return new BrokerLogin(
                account.getId(),
                account.getNumber(),
                environment(account.getEnvironment()),
                account.getLicence(),
                properties(account.getProperties()),
                opened);
    }

    static io.bursar.brokers.BrokerEnvironment environment(BrokerEnvironment environment) {
        return switch (environment) {
            case PRODUCTION -> io.bursar.brokers.BrokerEnvironment.PRODUCTION;
            case SANDBOX -> io.bursar.brokers.BrokerEnvironment.SANDBOX;
        };
    }

    static Map<String, String> properties(List<BrokerProperty> properties) {
        Map<String, String> byName = new HashMap<>();
        properties.forEach(property -> byName.put(property.getName(), property.getValue()));
        return byName;
    }
}
