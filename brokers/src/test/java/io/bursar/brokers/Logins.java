package io.bursar.brokers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Logins and brokers for tests. */
final class Logins {
    static final String CLIENT_SECRET = "kirsch-und-banane-4711";

    private Logins() {}

    static BrokerLogin oauth(Map<String, String> secrets) {
        return new BrokerLogin(
                "desk-1",
                "U-1",
                BrokerEnvironment.PRODUCTION,
                null,
                Map.of(LoginFields.CLIENT_ID, "bursar-desk"),
                bytes(secrets));
    }

    static BrokerLogin oauth() {
        return oauth(Map.of(LoginFields.CLIENT_SECRET, CLIENT_SECRET));
    }

    static BrokerLogin tiger(String licence, String tigerId, byte[] privateKey, String token) {
        var secrets = new HashMap<String, byte[]>();
        secrets.put(LoginFields.PRIVATE_KEY, privateKey.clone());
        if (token != null) {
            secrets.put(LoginFields.ACCESS_TOKEN, token.getBytes(StandardCharsets.UTF_8));
        }
        return new BrokerLogin(
                "desk-2",
                "20191106192858300",
                BrokerEnvironment.SANDBOX,
                licence,
                Map.of(LoginFields.TIGER_ID, tigerId),
                secrets);
    }

    static Brokers brokers(Path folder, String yaml) throws Exception {
        var file = folder.resolve("brokers.yaml");
        Files.writeString(file, yaml);
        return BrokersFile.read(file);
    }

    static Map<String, byte[]> bytes(Map<String, String> secrets) {
        var bytes = new HashMap<String, byte[]>();
        secrets.forEach((name, secret) -> bytes.put(name, secret.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }
}
