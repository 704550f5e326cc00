package io.bursar.topology.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings have. */
final class SettingTypes {
    static final SettingType<Boolean> TRUE_OR_FALSE = new SettingType<>("true or false", text -> switch (text) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
    });

    static final SettingType<String> TEXT = text("text that is not empty", text -> !text.isEmpty());

    static final SettingType<Path> PATH = new SettingType<>("a path", SettingTypes::path);

    static final SettingType<String> HOST =
            text("a host name or address", Pattern.compile("[A-Za-z0-9._:-]+").asMatchPredicate());

    static final SettingType<String> HOST_AND_PORT = text("host:port", SettingTypes::isHostAndPort);

    static final SettingType<String> HOSTS_AND_PORTS =
            text("host:port, or several separated by commas", everyPart(SettingTypes::isHostAndPort));

    static final SettingType<String> HTTP_URLS =
            text("an http or https URL, or several separated by commas", everyPart(SettingTypes::isHttpUrl));

    /** What stands in a URL is shown in logs. */
    static final SettingType<String> POSTGRES_URL = text(
            "jdbc:postgresql://host:port/database, without a password",
            Pattern.compile("jdbc:postgresql:(?!.*[?&](ssl)?password=).+").asMatchPredicate());

    static final SettingType<String> REDIS_URL =
            text("redis://host:port/database or rediss:, without a password", SettingTypes::isRedisUrl);

    private static final Pattern HOST_COLON_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:]+]|[A-Za-z0-9._-]+):(?<port>[0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private SettingTypes() {}

    /** Both bounds are allowed. */
    static SettingType<Integer> wholeNumber(int from, int to) {
        return new SettingType<>("a whole number from " + from + " to " + to, text -> {
            try {
                var number = Integer.parseInt(text);
                return number >= from && number <= to ? Optional.of(number) : Optional.empty();
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    /** Letters, digits, dot, underscore and hyphen: what Kafka allows in the names of topics and groups. */
    static SettingType<String> kafkaName(int from, int to) {
        var pattern = Pattern.compile("[A-Za-z0-9._-]{%d,%d}".formatted(from, to));
        return text(
                "%d to %d letters, digits, dots, underscores or hyphens".formatted(from, to),
                pattern.asMatchPredicate());
    }

    static SettingType<String> oneOf(String... values) {
        return text("one of " + String.join(", ", values), Arrays.asList(values)::contains);
    }

    /** The constants of an enumeration, written in lower case. */
    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> values) {
        Map<String, E> byText = new TreeMap<>();
        for (var value : values.getEnumConstants()) {
            byText.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        var rule = Arrays.stream(values.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "one of ", ""));
        return new SettingType<>(rule, text -> Optional.ofNullable(byText.get(text)));
    }

    private static SettingType<String> text(String rule, Predicate<String> allowed) {
        return new SettingType<>(rule, text -> Optional.of(text).filter(allowed));
    }

    private static Predicate<String> everyPart(Predicate<String> allowed) {
        return text -> Arrays.stream(text.split(",", -1)).map(String::strip).allMatch(allowed);
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private static boolean isHostAndPort(String text) {
        var matcher = HOST_COLON_PORT.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        var port = Integer.parseInt(matcher.group("port"));
        return port >= 1 && port <= HIGHEST_PORT;
    }

    private static boolean isRedisUrl(String text) {
        try {
            var uri = new URI(text);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getPort() <= HIGHEST_PORT
                    && uri.getPath().matches("(/[0-9]{0,3})?")
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()));
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }

    private static boolean isHttpUrl(String text) {
        try {
            var uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }
}
