package io.bursar.cli.api;

import io.bursar.cli.clients.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where the API is, and who asks.
 *
 * @param base what its paths are appended to, without a slash at the end
 * @param key empty: the caller has none
 */
public record ApiAddress(URI base, Optional<String> key) {
    /**
     * Checks both.
     *
     * @param url {@code http} or {@code https}, a host, and a path if a proxy adds one
     * @param source names where both come from, for messages
     * @throws CommandException when the URL is another, or the key cannot be a header
     */
    static ApiAddress of(String url, Optional<String> key, String source) {
        key.filter(text -> !text.matches("[\\x21-\\x7e]+")).ifPresent(text -> {
            throw new CommandException(
                    "The key from " + source + " is no API key: keys are printable ASCII without spaces.");
        });
        return new ApiAddress(base(url, source), key);
    }

    private static URI base(String url, String source) {
        try {
            var uri = new URI(url.replaceFirst("/+$", ""));
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw noBase(source, e);
        }
        throw noBase(source, null);
    }

    /** Without the value: it may hold a password. */
    private static CommandException noBase(String source, Throwable cause) {
        return new CommandException(
                "The URL from " + source
                        + " is no address of an API: it is http:// or https://, a host, and a port or path if needed.",
                cause);
    }

    /** The key does not belong into a log. */
    @Override
    public String toString() {
        return base.toString();
    }
}
