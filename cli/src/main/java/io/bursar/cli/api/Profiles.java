package io.bursar.cli.api;

import io.bursar.cli.clients.CommandException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The systems that the user has given names to, in a properties file in UTF-8: {@code prod.url} and {@code prod.key} of
 * profile {@code prod}.
 */
public final class Profiles {
    private static final String URL = ".url";
    private static final String KEY = ".key";

    private final Path file;

    /** @param file need not be there */
    public Profiles(Path file) {
        this.file = file;
    }

    /**
     * Those of the user: {@code bursar/profiles.properties} in the folder of the user's settings, {@code ~/.config} or what
     * {@code XDG_CONFIG_HOME} says.
     *
     * @param environment usually {@link System#getenv()}
     */
    public static Profiles ofUser(Map<String, String> environment) {
        var folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var settings = folder.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
                : Path.of(folder);
        return new Profiles(settings.resolve("bursar").resolve("profiles.properties"));
    }

    /**
     * The address of a profile.
     *
     * @throws CommandException when there is no such profile, or the file cannot be used; the message says which
     *     profiles there are
     */
    public ApiAddress find(String name) {
        var properties = read();
        var url = properties.getProperty(name + URL);
        if (url == null) {
            throw new CommandException("%s has no profile '%s' (%s%s%s): it has %s."
                    .formatted(file, name, name, URL, "=…", names(properties)));
        }
        return ApiAddress.of(
                url.strip(),
                Optional.ofNullable(properties.getProperty(name + KEY)).map(String::strip),
                "profile '" + name + "' in " + file);
    }

    private Properties read() {
        var text = SecretFile.read(file)
                .orElseThrow(() -> new CommandException("There are no profiles: " + file + " does not exist."));
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException(file + " is no properties file: " + e.getMessage() + ".", e);
        }
        for (var name : new TreeSet<>(properties.stringPropertyNames())) {
            if (!name.matches("[^.]+\\.(url|key)")) {
                throw new CommandException("%s has '%s': a profile has NAME%s and NAME%s, and a name has no dot."
                        .formatted(file, name, URL, KEY));
            }
        }
        return properties;
    }

    private static String names(Properties properties) {
        var names = new TreeSet<String>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.endsWith(URL))
                .forEach(name -> names.add(name.substring(0, name.length() - URL.length())));
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
