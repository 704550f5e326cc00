package io.bursar.service.desk;

import com.codahale.metrics.MetricRegistry;
import io.bursar.brokers.Brokers;
import io.bursar.brokers.BrokersFile;
import io.bursar.brokers.BrokersFileException;
import io.bursar.desk.BrokerLimits;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsException;
import io.bursar.topology.settings.VaultMode;
import io.bursar.vault.EnvironmentKeys;
import io.bursar.vault.KeyFile;
import io.bursar.vault.MasterKeyException;
import io.bursar.vault.MasterKeys;
import io.bursar.vault.OlderForm;
import io.bursar.vault.Vault;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker accounts at this instance: the vault's keys, the brokers, the routes and the worker. Thread-safe. */
public final class DeskService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeskService.class);
    private static final String FILE_IN_DEVELOPMENT = "vault.keys";

    private final Brokers brokers;
    private final Secrets secrets;
    private final Optional<OlderForm> older;
    private final Duration callTimeout;
    private final Duration decisionTimeout;
    private volatile RouterRoutes router;

    private DeskService(Settings settings, Brokers brokers, MasterKeys keys, Optional<OlderForm> older) {
        this.brokers = brokers;
        this.secrets = new Secrets(new Vault(keys));
        this.older = older;
        this.callTimeout = Duration.ofMillis(settings.get(Settings.TOKEN_CALL_TIMEOUT_MS));
        this.decisionTimeout = Duration.ofMillis(settings.get(Settings.HTTP_DECISION_TIMEOUT_MS));
    }

    /**
     * As it is set; empty with {@code vault=off}.
     *
     * @param environment where master keys may be
     * @throws SettingsException when there are no master keys, or they or the file of brokers cannot be used
     */
    public static Optional<DeskService> of(Settings settings, Map<String, String> environment) {
        if (settings.get(Settings.VAULT) == VaultMode.OFF) {
            return Optional.empty();
        }
        try {
            var keys = keys(settings, environment);
            keys.newest();
            return Optional.of(new DeskService(settings, brokers(settings), keys, older(settings)));
        } catch (MasterKeyException e) {
            throw new SettingsException(List.of(e.getMessage()));
        }
    }

    private static MasterKeys keys(Settings settings, Map<String, String> environment) {
        var file = settings.get(Settings.VAULT_KEY_FILE);
        if (file.isPresent()) {
            var keyFile = new KeyFile(file.get());
            if (settings.get(Settings.VAULT) == VaultMode.DEVELOPMENT) {
                make(keyFile, file.get());
            }
            return keyFile.keys();
        }
        var given = EnvironmentKeys.in(environment);
        if (given.isPresent()) {
            return given.get();
        }
        if (settings.get(Settings.VAULT) == VaultMode.PRODUCTION) {
            throw new SettingsException(
                    List.of("vault is production, and there are no master keys: set vault.key.file or"
                            + " BURSAR_VAULT_KEY_1 (32 bytes in base64, such as openssl rand -base64 32 prints), or vault=off for an"
                            + " instance without broker accounts"));
        }
        var path = settings.get(Settings.STATE_DIR).resolve(FILE_IN_DEVELOPMENT);
        var keyFile = new KeyFile(path);
        make(keyFile, path);
        return keyFile.keys();
    }

    private static void make(KeyFile keyFile, Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new SettingsException(List.of(path + ": its folder cannot be made, " + e.getMessage()));
        }
        if (keyFile.createIfAbsent()) {
            LOG.warn(
                    "vault=development: a master key was made in {}. Whoever has it can open all secrets; without it"
                            + " nobody can. Production needs keys of your own.",
                    path.toAbsolutePath());
        }
    }

    private static Brokers brokers(Settings settings) {
        var file = settings.get(Settings.BROKERS_FILE);
        if (file.isEmpty()) {
            return Brokers.tigerAlone();
        }
        try {
            return BrokersFile.read(file.get());
        } catch (BrokersFileException e) {
            throw new SettingsException(e.faults());
        }
    }

    private static Optional<OlderForm> older(Settings settings) {
        return settings.get(Settings.VAULT_OLDER_KEY_FILE).map(file -> {
            try {
                return new OlderForm(
                        Base64.getDecoder().decode(Files.readString(file).strip()));
            } catch (IOException | IllegalArgumentException e) {
                // What the decoder says may hold a part of the key.
                throw new SettingsException(List.of("vault.older.key.file is " + file
                        + ": it must be a file with 32 bytes in base64" + (e instanceof IOException ? ", " + e : "")));
            }
        });
    }

    /** How many refreshes each broker bears, by its id. */
    public Function<String, BrokerLimits> limits() {
        return id -> brokers.limits(id)
                .map(limits -> new BrokerLimits(limits.atOnce(), limits.requestsPerMinute()))
                .orElse(BrokerLimits.DEFAULT);
    }

    /**
     * Adds the routes, once.
     *
     * @param boundKeys ids of the API keys in force that are bound to a broker account
     */
    public void addTo(
            RoutesConfig routes,
            Supplier<? extends DeskAccess> desk,
            Function<String, List<String>> boundKeys,
            MetricRegistry metrics) {
        var commands = new DeskCommands(desk, decisionTimeout, InstantSource.system());
        new BrokerAccountRoutes(commands, brokers, secrets, older, boundKeys).addTo(routes);
        new TokenRoutes(commands, brokers, secrets, callTimeout).addTo(routes);
        new VaultRoutes(commands, secrets).addTo(routes);
        router = new RouterRoutes(commands, metrics);
        router.addTo(routes);
    }

    /** Makes the attempts to refresh tokens that it is given; to be closed before this. */
    public TokenWorker worker(Supplier<? extends DeskAccess> desk) {
        return new TokenWorker(desk, brokers, secrets, callTimeout);
    }

    /** Tells the desk at once what the routes have given so far, for an instance that stops; after {@link #addTo}. */
    public void publishRouting() throws InterruptedException {
        router.publish();
    }

    @Override
    public void close() {
        if (router != null) {
            router.close();
        }
        brokers.close();
    }
}
