package io.bursar.brokers;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The rule for URLs under which brokers are asked. */
final class Endpoint {
    static final String RULE =
            "must be an https URL with a host, or an http URL of this machine, without user and fragment";

    private Endpoint() {}

    /** @throws IllegalArgumentException with the rule, when the text breaks it */
    static URI of(String text) {
        try {
            var url = new URI(text);
            if (allowed(url)) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(RULE, e);
        }
        throw new IllegalArgumentException(RULE);
    }

    private static boolean allowed(URI url) {
        if (url.getScheme() == null || url.getHost() == null) {
            return false;
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return false;
        }
        return url.getScheme().equals("https") || (url.getScheme().equals("http") && isLoopback(url.getHost()));
    }

    /** By its text: a name that a name server sends to this machine is not among them. */
    private static boolean isLoopback(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }
}
