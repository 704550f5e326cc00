package io.bursar.schemas.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Where the registry is and how to talk to it, from settings with Confluent's names. Immutable. */
final class RegistrySettings {
    private static final String PREFIX = "schema.registry.";
    private static final String URL = "schema.registry.url";
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
    private static final String READ_TIMEOUT_MS = "http.read.timeout.ms";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.LIST,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.ValidList.anyNonDuplicateValues(false, false),
                    ConfigDef.Importance.HIGH,
                    "Addresses of one registry, separated by commas; the next is asked when one fails.")
            .define(
                    AUTO_REGISTER,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    ConfigDef.Importance.MEDIUM,
                    "Whether a serializer registers its schema, or only looks it up.")
            .define(
                    CREDENTIALS_SOURCE,
                    ConfigDef.Type.STRING,
                    "URL",
                    ConfigDef.ValidString.in("URL", "USER_INFO"),
                    ConfigDef.Importance.MEDIUM,
                    "Where user and password come from: the addresses, or " + USER_INFO + ".")
            .define(
                    USER_INFO,
                    ConfigDef.Type.PASSWORD,
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "user:password, for credentials from USER_INFO.")
            // Well below the time after which Kafka takes a silent consumer for dead, even with several addresses.
            .define(
                    CONNECT_TIMEOUT_MS,
                    ConfigDef.Type.INT,
                    2_000,
                    ConfigDef.Range.atLeast(1),
                    ConfigDef.Importance.LOW,
                    "How long a connection may take to open.")
            .define(
                    READ_TIMEOUT_MS,
                    ConfigDef.Type.INT,
                    5_000,
                    ConfigDef.Range.atLeast(1),
                    ConfigDef.Importance.LOW,
                    "How long a whole answer may take.");

    /** An address without its credentials, and the header that holds them. */
    record Endpoint(String url, Optional<String> authorization) {
        /** Without the credentials, for messages and logs. */
        @Override
        public String toString() {
            return url;
        }
    }

    private final List<Endpoint> endpoints;
    private final boolean autoRegister;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final Optional<SSLContext> ssl;

    /**
     * @param settings all settings of a client; those of others are ignored. The names may carry the prefix {@code
     *     schema.registry.}; those of TLS must, because without it they are the broker connection's
     * @throws ConfigException naming the setting, its value and the rule
     */
    RegistrySettings(Map<String, ?> settings) {
        var config = new AbstractConfig(DEFINITION, withoutPrefix(settings), false);
        this.autoRegister = config.getBoolean(AUTO_REGISTER);
        this.connectTimeout = Duration.ofMillis(config.getInt(CONNECT_TIMEOUT_MS));
        this.readTimeout = Duration.ofMillis(config.getInt(READ_TIMEOUT_MS));
        Optional<String> userInfo = userInfo(config);
        this.endpoints =
                config.getList(URL).stream().map(url -> endpoint(url, userInfo)).toList();
        this.ssl = sslContext(settings);
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    boolean autoRegister() {
        return autoRegister;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration readTimeout() {
        return readTimeout;
    }

    Optional<SSLContext> ssl() {
        return ssl;
    }

    private static Map<String, Object> withoutPrefix(Map<String, ?> settings) {
        var own = new HashMap<String, Object>();
        for (String name : DEFINITION.names()) {
            Object value = settings.containsKey(PREFIX + name) ? settings.get(PREFIX + name) : settings.get(name);
            if (value != null) {
                own.put(name, value);
            }
        }
        return own;
    }

    private static Optional<String> userInfo(AbstractConfig config) {
        if (!config.getString(CREDENTIALS_SOURCE).equals("USER_INFO")) {
            return Optional.empty();
        }
        Password userInfo = config.getPassword(USER_INFO);
        if (userInfo == null || userInfo.value().indexOf(':') < 1) {
            throw new ConfigException(USER_INFO + " must be user:password, because " + CREDENTIALS_SOURCE
                    + " is USER_INFO; its value is not shown here");
        }
        return Optional.of(userInfo.value());
    }

    private static Endpoint endpoint(String url, Optional<String> userInfo) {
        URI uri = httpUri(url);
        String bare = uri.getScheme() + "://"
                + uri.getRawAuthority().substring(uri.getRawAuthority().indexOf('@') + 1)
                + uri.getRawPath().replaceAll("/+$", "");
        return new Endpoint(
                bare, userInfo.or(() -> Optional.ofNullable(uri.getUserInfo())).map(RegistrySettings::basic));
    }

    private static URI httpUri(String url) {
        try {
            var uri = URI.create(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(url, e);
        }
        throw notAnAddress(url, null);
    }

    private static ConfigException notAnAddress(String url, Throwable cause) {
        String shown = url.replaceAll("//.*@", "//***@");
        var exception = new ConfigException(
                URL, shown, "must be http:// or https:// with a host, such as http://localhost:8081");
        // The cause's message would show the credentials.
        if (cause != null && shown.equals(url)) {
            exception.initCause(cause);
        }
        return exception;
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<SSLContext> sslContext(Map<String, ?> settings) {
        var given = new HashMap<String, Object>();
        settings.forEach((name, value) -> {
            if (name.startsWith(PREFIX + "ssl.") && value != null) {
                given.put(name.substring(PREFIX.length()), value);
            }
        });
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        // Kafka's own reader of key and trust stores, so that JKS, PKCS12 and PEM work here as for the brokers.
        try (var factory = new DefaultSslEngineFactory()) {
            factory.configure(definition.parse(given));
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            var problem = new ConfigException("The settings " + PREFIX + "ssl.* do not work: " + Causes.describe(e));
            problem.initCause(e);
            throw problem;
        }
    }
}
