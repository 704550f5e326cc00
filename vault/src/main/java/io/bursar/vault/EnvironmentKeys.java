package io.bursar.vault;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Master keys from environment variables: {@code BURSAR_VAULT_KEY_1}, {@code BURSAR_VAULT_KEY_2} and so on. */
public final class EnvironmentKeys {
    private static final Pattern NAME = Pattern.compile("BURSAR_VAULT_KEY_(?<version>[0-9]+)");

    private EnvironmentKeys() {}

    /**
     * Those of an environment, each 32 bytes in base64; the number in its name is its version. They do not change.
     *
     * @return empty when there is no such variable
     * @throws MasterKeyException when one is no key, or two are the same
     */
    public static Optional<MasterKeys> in(Map<String, String> environment) {
        var keys = environment.entrySet().stream()
                .flatMap(variable -> key(variable.getKey(), variable.getValue()).stream())
                .toList();
        return keys.isEmpty() ? Optional.empty() : Optional.of(KeyRing.of("The environment", keys));
    }

    private static Optional<MasterKey> key(String variable, String value) {
        var name = NAME.matcher(variable);
        return name.matches()
                ? Optional.of(KeyRing.parse(variable, name.group("version"), value.strip()))
                : Optional.empty();
    }
}
