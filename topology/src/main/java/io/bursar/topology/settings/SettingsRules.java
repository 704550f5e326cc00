package io.bursar.topology.settings;

import static io.bursar.topology.settings.Settings.BASIC_AUTH_CREDENTIALS_SOURCE;
import static io.bursar.topology.settings.Settings.BASIC_AUTH_USER_INFO;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules over more than one setting, and rules that depend on the machine. */
final class SettingsRules {
    private final Settings settings;
    private final List<String> faults = new ArrayList<>();

    private SettingsRules(Settings settings) {
        this.settings = settings;
    }

    static List<String> check(Settings settings) {
        var rules = new SettingsRules(settings);
        rules.checkPeriods();
        rules.checkBasicAuth();
        rules.checkStore(
                Settings.SCHEMA_REGISTRY_SSL_TRUSTSTORE_LOCATION,
                Settings.SCHEMA_REGISTRY_SSL_TRUSTSTORE_PASSWORD,
                Settings.SCHEMA_REGISTRY_SSL_TRUSTSTORE_TYPE);
        rules.checkStore(
                Settings.SCHEMA_REGISTRY_SSL_KEYSTORE_LOCATION,
                Settings.SCHEMA_REGISTRY_SSL_KEYSTORE_PASSWORD,
                Settings.SCHEMA_REGISTRY_SSL_KEYSTORE_TYPE);
        rules.checkHttpTls();
        rules.checkDependent(Settings.POSTGRES_URL, Settings.POSTGRES_USER, Settings.POSTGRES_PASSWORD);
        rules.checkDependent(Settings.REDIS_URL, Settings.REDIS_USER, Settings.REDIS_PASSWORD);
        return rules.faults;
    }

    private void checkPeriods() {
        if (settings.get(Settings.COMMIT_INTERVAL_MS) >= settings.get(Settings.TRANSACTION_TIMEOUT_MS)) {
            faults.add("%s, but must be less than %s, or transactions time out before they are committed."
                    .formatted(isGiven(Settings.COMMIT_INTERVAL_MS), valueOf(Settings.TRANSACTION_TIMEOUT_MS)));
        }
        if (settings.get(Settings.DEFAULT_EXPIRY_DAYS) > settings.get(Settings.MAX_EXPIRY_DAYS)) {
            faults.add("%s, but must be at most %s."
                    .formatted(isGiven(Settings.DEFAULT_EXPIRY_DAYS), valueOf(Settings.MAX_EXPIRY_DAYS)));
        }
    }

    private void checkBasicAuth() {
        var needsUserInfo = settings.get(BASIC_AUTH_CREDENTIALS_SOURCE).equals(Optional.of("USER_INFO"));
        var hasUserInfo = settings.get(BASIC_AUTH_USER_INFO).isPresent();
        if (needsUserInfo && !hasUserInfo) {
            faults.add("%s, so %s must be set to user:password."
                    .formatted(isGiven(BASIC_AUTH_CREDENTIALS_SOURCE), BASIC_AUTH_USER_INFO.name()));
        }
        if (hasUserInfo && !needsUserInfo) {
            faults.add("%s has no effect unless %s is USER_INFO."
                    .formatted(BASIC_AUTH_USER_INFO.name(), BASIC_AUTH_CREDENTIALS_SOURCE.name()));
        }
    }

    private void checkHttpTls() {
        checkPair(Settings.HTTP_TLS_CERTIFICATE, Settings.HTTP_TLS_KEY);
        checkPair(Settings.HTTP_TLS_KEY, Settings.HTTP_TLS_CERTIFICATE);
    }

    private void checkPair(Setting<Optional<Path>> one, Setting<Optional<Path>> other) {
        var file = settings.get(one);
        if (file.isPresent() && settings.get(other).isEmpty()) {
            faults.add("%s has no effect unless %s is set.".formatted(one.name(), other.name()));
        }
        if (file.isPresent() && !Files.isReadable(file.get())) {
            faults.add("%s, but must be a file that can be read.".formatted(isGiven(one)));
        }
    }

    private void checkStore(
            Setting<Optional<Path>> location, Setting<Optional<String>> password, Setting<Optional<String>> type) {
        var file = settings.get(location);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            faults.add("%s, but must be a file that can be read.".formatted(isGiven(location)));
        }
        checkDependent(location, password, type);
    }

    @SafeVarargs
    private void checkDependent(Setting<? extends Optional<?>> setting, Setting<Optional<String>>... dependents) {
        if (settings.get(setting).isPresent()) {
            return;
        }
        for (var dependent : dependents) {
            if (settings.get(dependent).isPresent()) {
                faults.add("%s has no effect unless %s is set.".formatted(dependent.name(), setting.name()));
            }
        }
    }

    private String isGiven(Setting<?> setting) {
        var raw = settings.raw(setting);
        return "%s is \"%s\" (%s)"
                .formatted(setting.name(), Secrets.shown(raw), raw.origin().description());
    }

    private String valueOf(Setting<?> setting) {
        var raw = settings.raw(setting);
        return "%s, which is %s (%s)"
                .formatted(setting.name(), Secrets.shown(raw), raw.origin().description());
    }
}
