package io.bursar.service.desk;

import io.bursar.brokers.BrokerLogin;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.SealedSecret;
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
        account.getSecrets().forEach(kept -> open(account, kept, secrets, opened));
        var token = account.getToken();
        if (token != null) {
            open(account, token.getAccess(), secrets, opened);
            if (token.getRefresh() != null) {
                open(account, token.getRefresh(), secrets, opened);
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

    private static void open(BrokerAccount account, SealedSecret kept, Secrets secrets, Map<String, byte[]> opened) {
        try (var secret = secrets.open(account.getId(), kept)) {
            opened.put(kept.getName(), secret.bytes().clone());
        }
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
