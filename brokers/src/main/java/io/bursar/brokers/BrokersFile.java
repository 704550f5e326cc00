package io.bursar.brokers;

import io.bursar.brokers.Brokers.Known;
import io.bursar.brokers.OAuthSettings.Authentication;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A YAML file that lists brokers by id; docs/brokers.md describes it. What it does not know it refuses. */
public final class BrokersFile {
    /** What the broker of an account may be called. */
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

    private static final int MOST_BYTES = 1024 * 1024;

    private final BrokerHttp http = new BrokerHttp(InstantSource.system());
    private final List<String> faults = new ArrayList<>();

    private BrokersFile() {}

    /** @throws BrokersFileException with everything that is wrong with the file */
    public static Brokers read(Path file) throws BrokersFileException {
        var name = file.getFileName().toString();
        String yaml;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new BrokersFileException(List.of(name + ": the file must have at most " + MOST_BYTES + " bytes"));
            }
            yaml = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BrokersFileException(List.of(name + ": the file cannot be read: " + e));
        }
        return new BrokersFile().brokers(name, yaml);
    }

    private Brokers brokers(String name, String yaml) throws BrokersFileException {
        var known = new TreeMap<String, Known>();
        for (var section : BrokersYaml.read(name, yaml, faults)) {
            if (!ID.matcher(section.id()).matches()) {
                section.fault("must have an id of 1 to 32 characters of a-z 0-9 -");
            }
            var broker = broker(section);
            var limits = new BrokerLimits(
                    section.whole("atOnce", BrokerLimits.DEFAULT.atOnce(), BrokerLimits.MOST_AT_ONCE),
                    section.whole(
                            "requestsPerMinute",
                            BrokerLimits.DEFAULT.requestsPerMinute(),
                            BrokerLimits.MOST_PER_MINUTE));
            if (broker != null) {
                section.refuseUnknown();
            }
            known.put(section.id(), new Known(broker, limits));
        }
        if (!faults.isEmpty()) {
            http.close();
            throw new BrokersFileException(faults);
        }
        return new Brokers(http, known);
    }

    /** Null for a kind that there is not, which is among the faults then. */
    private Broker broker(BrokersYaml.Section section) {
        return switch (section.oneOf("kind", null, "tiger", "oauth2")) {
            case "tiger" -> tiger(section);
            case "oauth2" -> oauth(section);
            case null, default -> null;
        };
    }

    private Broker tiger(BrokersYaml.Section section) {
        var published = TigerSettings.published();
        var gateways = new EnumMap<>(published.gateways());
        gateways.putAll(urls(section, "Url"));
        var keys = new EnumMap<>(published.answerKeys());
        keys.putAll(keys(section));
        return new TigerBroker(section.id(), new TigerSettings(gateways, keys), http, InstantSource.system());
    }

    private Broker oauth(BrokersYaml.Section section) {
        var tokens = urls(section, "Url");
        var introspection = urls(section, "IntrospectionUrl");
        if (!section.has("productionUrl") && !section.has("sandboxUrl")) {
            section.fault("must have productionUrl or sandboxUrl, the endpoint that issues tokens");
        }
        for (var environment : BrokerEnvironment.values()) {
            var prefix = prefix(environment);
            if (section.has(prefix + "IntrospectionUrl") && !section.has(prefix + "Url")) {
                section.fault("must have " + prefix + "Url where it has " + prefix + "IntrospectionUrl");
            }
        }
        var authentication = section.oneOf("authentication", "basic", "basic", "post");
        var settings = new OAuthSettings(
                tokens,
                introspection,
                "post".equals(authentication) ? Authentication.POST : Authentication.BASIC,
                section.text("scope"),
                section.text("audience"));
        return new OAuthBroker(section.id(), settings, http, InstantSource.system());
    }

    private static Map<BrokerEnvironment, URI> urls(BrokersYaml.Section section, String suffix) {
        var urls = new EnumMap<BrokerEnvironment, URI>(BrokerEnvironment.class);
        for (var environment : BrokerEnvironment.values()) {
            var url = section.parsed(prefix(environment) + suffix, Endpoint::of);
            if (url != null) {
                urls.put(environment, url);
            }
        }
        return urls;
    }

    private static Map<BrokerEnvironment, PublicKey> keys(BrokersYaml.Section section) {
        var keys = new EnumMap<BrokerEnvironment, PublicKey>(BrokerEnvironment.class);
        for (var environment : BrokerEnvironment.values()) {
            var key = section.parsed(prefix(environment) + "Key", RsaKeys::publicKey);
            if (key != null) {
                keys.put(environment, key);
            }
        }
        return keys;
    }

    private static String prefix(BrokerEnvironment environment) {
        return environment.name().toLowerCase(Locale.ROOT);
    }
}
