package io.bursar.brokers;

import java.net.URI;
import java.util.Map;

/**
 * How an OAuth 2.0 broker is asked.
 *
 * @param tokenUrls the token endpoint of each environment that there is
 * @param introspectionUrls the introspection endpoint of each environment that has one
 * @param scope names separated by spaces, or null
 * @param audience or null
 */
record OAuthSettings(
        Map<BrokerEnvironment, URI> tokenUrls,
        Map<BrokerEnvironment, URI> introspectionUrls,
        Authentication authentication,
        String scope,
        String audience) {
    OAuthSettings {
        tokenUrls = Map.copyOf(tokenUrls);
        introspectionUrls = Map.copyOf(introspectionUrls);
    }

    /** Where the client's id and password go: into the header {@code Authorization}, or into the form. */
    enum Authentication {
        BASIC,
        POST
    }
}
