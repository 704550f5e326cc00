package io.bursar.brokers;

import java.net.URI;
import java.security.PublicKey;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where Tiger is asked, and by which keys its answers are checked.
 *
 * @param gateways the gateway of each environment
 * @param answerKeys for each environment the key of Tiger's that answers are signed with
 */
record TigerSettings(Map<BrokerEnvironment, URI> gateways, Map<BrokerEnvironment, PublicKey> answerKeys) {
    static final String PRODUCTION_URL = "https://openapi.tigerfintech.com/gateway";
    static final String SANDBOX_URL = "https://openapi-sandbox.tigerfintech.com/gateway";

    /** As Tiger publishes them with its own clients. */
    static final String PRODUCTION_KEY =
            "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDNF3G8SoEcCZh2rshUbayDgLLrj6rKgzNMxDL2HSnKcB0+GPOsndqSv+a4IBu9+I3f"
                    + "yBp5hkyMMG2+AXugd9pMpy6VxJxlNjhX1MYbNTZJUT4nudki4uh+LMOkIBHOceGNXjgB+cXqmlUnjlqha/HgboeHSnSgpM3dKSJQ"
                    + "lIOsDwIDAQAB";

    static final String SANDBOX_KEY =
            "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCbm21i11hgAENGd3/f280PSe4g9YGkS3TEXBYMidihTvHHf+tJ0PYD0o3PruI0hl3q"
                    + "hEjHTAxb75T5YD3SGK4IBhHn/Rk6mhqlGgI+bBrBVYaXixmHfRo75RpUUuWACyeqQkZckgR0McxuW9xRMIa2cXZOoL1E4SL4lXKG"
                    + "hKoWbwIDAQAB";

    TigerSettings {
        gateways = new EnumMap<>(gateways);
        answerKeys = new EnumMap<>(answerKeys);
    }

    /** Tiger as the public knows it. */
    static TigerSettings published() {
        return new TigerSettings(
                Map.of(
                        BrokerEnvironment.PRODUCTION, Endpoint.of(PRODUCTION_URL),
                        BrokerEnvironment.SANDBOX, Endpoint.of(SANDBOX_URL)),
                Map.of(
                        BrokerEnvironment.PRODUCTION, RsaKeys.publicKey(PRODUCTION_KEY),
                        BrokerEnvironment.SANDBOX, RsaKeys.publicKey(SANDBOX_KEY)));
    }
}
