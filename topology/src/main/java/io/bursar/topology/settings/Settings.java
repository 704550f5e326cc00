package io.bursar.topology.settings;

import io.bursar.desk.BrokerLimits;
import io.bursar.desk.DeskRules;
import io.bursar.ledger.LedgerRules;
import io.bursar.processors.ExpiryClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings of the application, checked: the definitions, and the values of one run. Immutable and safe for use by any
 * thread. {@code docs/settings.md} is generated from the definitions.
 */
public final class Settings {
    private static final int DAYS_OF_TEN_YEARS = 3_650;

    public static final Setting<Profile> PROFILE = Setting.of(
            "profile",
            SettingTypes.oneOf(Profile.class),
            "balanced",
            "What the instance is tuned for: other defaults for the settings under [profiles](#profiles). A setting that is"
                    + " given itself wins.");

    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.of(
            "bootstrap.servers",
            SettingTypes.HOSTS_AND_PORTS,
            "127.0.0.1:9092",
            "The Kafka brokers that are asked first; the others are learnt from them.");

    public static final Setting<String> SCHEMA_REGISTRY_URL = Setting.of(
            "schema.registry.url",
            SettingTypes.HTTP_URLS,
            "http://127.0.0.1:8081",
            "The schema registry, by the API of Confluent's; Apicurio has it under `/apis/ccompat/v7`.");

    public static final Setting<Optional<String>> BASIC_AUTH_CREDENTIALS_SOURCE = Setting.optional(
            "basic.auth.credentials.source",
            SettingTypes.oneOf("USER_INFO", "URL"),
            "Where the credentials for the schema registry are: in `basic.auth.user.info`, or in its URL.");

    public static final Setting<Optional<String>> BASIC_AUTH_USER_INFO = Setting.secret(
            "basic.auth.user.info", "`user:password` for the schema registry, with the source `USER_INFO`.");

    public static final Setting<Optional<Path>> SCHEMA_REGISTRY_SSL_TRUSTSTORE_LOCATION = Setting.optional(
            "schema.registry.ssl.truststore.location",
            SettingTypes.PATH,
            "The certificates that the schema registry's is checked against; without it, those of the JVM.");

    public static final Setting<Optional<String>> SCHEMA_REGISTRY_SSL_TRUSTSTORE_PASSWORD =
            Setting.secret("schema.registry.ssl.truststore.password", "Opens that file.");

    public static final Setting<Optional<String>> SCHEMA_REGISTRY_SSL_TRUSTSTORE_TYPE = Setting.optional(
            "schema.registry.ssl.truststore.type",
            SettingTypes.oneOf("PKCS12", "JKS"),
            "The format of that file; without it, the JVM's default.");

    public static final Setting<Optional<Path>> SCHEMA_REGISTRY_SSL_KEYSTORE_LOCATION = Setting.optional(
            "schema.registry.ssl.keystore.location",
            SettingTypes.PATH,
            "The key and certificate that Bursar shows to the schema registry, where that asks for one.");

    public static final Setting<Optional<String>> SCHEMA_REGISTRY_SSL_KEYSTORE_PASSWORD =
            Setting.secret("schema.registry.ssl.keystore.password", "Opens that file and the key in it.");

    public static final Setting<Optional<String>> SCHEMA_REGISTRY_SSL_KEYSTORE_TYPE = Setting.optional(
            "schema.registry.ssl.keystore.type",
            SettingTypes.oneOf("PKCS12", "JKS"),
            "The format of that file; without it, the JVM's default.");

    public static final Setting<Boolean> AUTO_REGISTER_SCHEMAS = Setting.of(
            "auto.register.schemas",
            SettingTypes.TRUE_OR_FALSE,
            "true",
            "Whether Bursar registers the schemas it writes. With false they have to be there before it starts, which"
                    + " suits a registry that only a deployment may write to.");

    public static final Setting<String> APPLICATION_ID = Setting.of(
            "application.id",
            SettingTypes.kafkaName(1, 100),
            "bursar",
            "Instances with the same id share the work. It names the consumer group, the changelogs and the transactions:"
                    + " under another id Bursar begins with no state and reads its inputs from the beginning.");

    public static final Setting<String> TOPIC_PREFIX = Setting.of(
            "topic.prefix",
            SettingTypes.kafkaName(0, 200),
            "bursar.",
            "What the names of Bursar's topics begin with; may be empty.");

    public static final Setting<Integer> PARTITIONS = Setting.of(
            "partitions",
            SettingTypes.wholeNumber(1, 1_000),
            "12",
            "Partitions of each topic keyed by account, used when topics are created. It bounds how many threads can share"
                    + " the work, over all instances, and cannot be changed later: accounts would move away from their"
                    + " state. Each partition costs memory and a share of every transaction.");

    public static final Setting<Integer> REPLICATION_FACTOR = Setting.of(
            "replication.factor",
            SettingTypes.wholeNumber(1, 16),
            "3",
            "On how many brokers each topic is kept, Bursar's changelogs included. From 3 on, a write needs 2 of them"
                    + " (`min.insync.replicas`). With 1 or 2, losing one broker can lose money that was acknowledged.");

    public static final Setting<Path> STATE_DIR = Setting.of(
            "state.dir",
            SettingTypes.PATH,
            "bursar-state",
            "The folder of the RocksDB stores, for one instance alone. On a disk that outlives the process a restart takes"
                    + " seconds; without it all state is restored from the changelogs.");

    public static final Setting<Optional<String>> GROUP_INSTANCE_ID = Setting.optional(
            "group.instance.id",
            SettingTypes.kafkaName(1, 200),
            "A name of this instance that survives restarts (static membership). With it an instance that is back within"
                    + " `session.timeout.ms` goes on with its own partitions: measured, 3.7 s from SIGKILL to the first"
                    + " new record, 44 s without, at Kafka's default session timeout. It costs that other instances take"
                    + " over only after that timeout, even after an orderly stop. Two instances with one name fence each"
                    + " other.");

    public static final Setting<Optional<String>> APPLICATION_SERVER = Setting.optional(
            "application.server",
            SettingTypes.HOST_AND_PORT,
            "Where other instances reach this one's HTTP API, to forward queries to the owner of an account. Needed as soon"
                    + " as there are two instances.");

    public static final Setting<Integer> NUM_STREAM_THREADS = Setting.of(
            "num.stream.threads",
            SettingTypes.wholeNumber(1, 256),
            "2",
            "Threads that process records. One per core is a good start; more than there are partitions stay idle.");

    public static final Setting<Integer> NUM_STANDBY_REPLICAS = Setting.of(
            "num.standby.replicas",
            SettingTypes.wholeNumber(0, 8),
            "0",
            "Warm copies of each partition's state on other instances. With two instances or more, 1 lets"
                    + " another take over without restoring first; it costs the disk and the reading of all changelogs once"
                    + " more.");

    public static final Setting<Integer> COMMIT_INTERVAL_MS = Setting.of(
            "commit.interval.ms",
            SettingTypes.wholeNumber(1, 60_000),
            "25",
            "How often each thread commits its transaction. Everybody who waits for an answer or reads the journal waits"
                    + " for it. Measured on one small machine, 25 costs little against Kafka's 100, and 10 costs about a"
                    + " quarter of the throughput.");

    public static final Setting<Integer> TRANSACTION_TIMEOUT_MS = Setting.of(
            "transaction.timeout.ms",
            SettingTypes.wholeNumber(1_000, 900_000),
            "10000",
            "After this time the broker aborts a transaction that nobody ends. Readers of the journal wait that long, and"
                    + " for the broker's next look at open transactions, when an instance is lost together with its state"
                    + " folder. Shorter costs resilience: brokers that are"
                    + " away for longer fence the running instance. Brokers allow up to their"
                    + " `transaction.max.timeout.ms`.");

    public static final Setting<Integer> SESSION_TIMEOUT_MS = Setting.of(
            "session.timeout.ms",
            SettingTypes.wholeNumber(6_000, 1_800_000),
            "10000",
            "After this time without a heartbeat an instance counts as gone and others take over its partitions. Less than"
                    + " Kafka's 45000, because a failover waits for it when membership is static. It must be long enough"
                    + " for a restart and for the longest pause of the JVM.");

    public static final Setting<Integer> MAX_TASK_IDLE_MS = Setting.of(
            "max.task.idle.ms",
            SettingTypes.wholeNumber(-1, 60_000),
            "0",
            "How long a partition waits for records of its other topics, so that it can take the oldest first. 0 waits only"
                    + " for what the broker is known to have, -1 does not wait at all; more makes order between topics"
                    + " likelier, never certain, and adds to the latency.");

    public static final Setting<Optional<Integer>> MEMORY_MB = Setting.optional(
            "memory.mb",
            SettingTypes.wholeNumber(Memory.LEAST_MB, 1_048_576),
            "MiB of resident memory for the whole process: heap, RocksDB, and what the JVM needs besides are cut from it."
                    + " The heap follows when the JVM is started by `bursar run`, or with what `bursar run --jvm-options`"
                    + " prints. Without it the heap is the JVM's own choice.");

    public static final Setting<Integer> ROCKSDB_MEMORY_MB = Setting.of(
            "rocksdb.memory.mb",
            SettingTypes.wholeNumber(16, 1_048_576),
            "256",
            "MiB outside of the Java heap for the block cache and the memtables of all stores together. With `memory.mb`"
                    + " a share of that, unless it is given itself.");

    public static final Setting<ExpiryClock> EXPIRY_CLOCK = Setting.of(
            "expiry.clock",
            SettingTypes.oneOf(ExpiryClock.class),
            "wall",
            "Which clock notices that a reservation is overdue: the machine's, or `stream`, the largest `occurredAt` seen"
                    + " on the partition, for replays and tests. On a quiet partition that one stands still.");

    public static final Setting<Integer> RETENTION_ORDERS_DAYS = Setting.of(
            "retention.orders.days",
            SettingTypes.wholeNumber(1, DAYS_OF_TEN_YEARS),
            "7",
            "Days of account time for which a closed order is remembered. Within them a late or repeated fill is recognised;"
                    + " after them it is suspended. Longer costs disk, memory and restore time.");

    public static final Setting<Integer> RETENTION_COMMANDS_DAYS = Setting.of(
            "retention.commands.days",
            SettingTypes.wholeNumber(1, DAYS_OF_TEN_YEARS),
            "30",
            "Days of account time for which a command's id is remembered, and an execution's at least. Older commands that"
                    + " are not known are refused as `command_too_old`. Longer costs as above.");

    public static final Setting<Integer> FUTURE_TOLERANCE_MS = Setting.of(
            "future.tolerance.ms",
            SettingTypes.wholeNumber(0, 86_400_000),
            "300000",
            "How far a command's `occurredAt` may lie after the broker's timestamp of its record. It forgives clocks that"
                    + " disagree, and bounds how far a producer can push an account's time ahead.");

    public static final Setting<Integer> DEFAULT_EXPIRY_DAYS = Setting.of(
            "default.expiry.days",
            SettingTypes.wholeNumber(1, DAYS_OF_TEN_YEARS),
            "7",
            "Days after its `occurredAt` when the reservation of an order expires that does not say it itself. At most"
                    + " `max.expiry.days`.");

    public static final Setting<Integer> MAX_EXPIRY_DAYS = Setting.of(
            "max.expiry.days",
            SettingTypes.wholeNumber(1, DAYS_OF_TEN_YEARS),
            "30",
            "Days after its placement to which a reservation can be extended at most.");

    public static final Setting<Integer> TOKEN_REFRESH_WINDOW_MS = Setting.of(
            "token.refresh.window.ms",
            SettingTypes.wholeNumber(1_000, 604_800_000),
            "3600000",
            "How long before its expiry a broker's token is renewed, but never before half of its life is over; a token"
                    + " whose expiry the broker does not say is renewed when it is as old as that.");

    public static final Setting<Integer> TOKEN_REFRESH_ATTEMPTS = Setting.of(
            "token.refresh.attempts",
            SettingTypes.wholeNumber(1, 10),
            "3",
            "How many calls a refresh makes at most before it has failed.");

    public static final Setting<Integer> TOKEN_CALL_TIMEOUT_MS = Setting.of(
            "token.call.timeout.ms",
            SettingTypes.wholeNumber(1_000, 300_000),
            "30000",
            "How long a call to a broker may take. When an instance is lost during a call, nobody calls for that account"
                    + " before this time and a third more have passed (2 s at least, 10 s at most).");

    public static final Setting<VaultMode> VAULT = Setting.of(
            "vault",
            SettingTypes.oneOf(VaultMode.class),
            "production",
            "What keeps the secrets of broker accounts: `production` needs master keys, in `vault.key.file` or in the"
                    + " environment as `BURSAR_VAULT_KEY_1`, `BURSAR_VAULT_KEY_2` and so on, and does not start without;"
                    + " `development` makes the file with a key when it is not there, and says so; `off` takes no secrets:"
                    + " the routes of broker accounts are not there, and this instance refreshes no tokens.");

    public static final Setting<Optional<Path>> VAULT_KEY_FILE = Setting.optional(
            "vault.key.file",
            SettingTypes.PATH,
            "The master keys, each line a version, a colon and 32 bytes in base64; only its owner may have rights to it. It"
                    + " is read again when it has changed. The same keys have to be at all instances. In development,"
                    + " without it: `vault.keys` in the state folder.");

    public static final Setting<Optional<Path>> VAULT_OLDER_KEY_FILE = Setting.optional(
            "vault.older.key.file",
            SettingTypes.PATH,
            "A file with the master key of the older form of sealed secrets, in base64, to import those.");

    public static final Setting<Optional<Path>> BROKERS_FILE = Setting.optional(
            "brokers.file",
            SettingTypes.PATH,
            "The brokers and their addresses, as docs/brokers.md describes it; the same at all instances. Without it there"
                    + " is Tiger Brokers under its public addresses.");

    public static final Setting<String> HTTP_HOST = Setting.of(
            "http.host",
            SettingTypes.HOST,
            "127.0.0.1",
            "The address on which the HTTP API listens. The default serves this machine alone; `0.0.0.0` serves all"
                    + " networks.");

    public static final Setting<Integer> HTTP_PORT = Setting.of(
            "http.port",
            SettingTypes.wholeNumber(0, 65_535),
            "8080",
            "The port of the HTTP API; 0 takes any that is free.");

    public static final Setting<Integer> HTTP_DECISION_TIMEOUT_MS = Setting.of(
            "http.decision.timeout.ms",
            SettingTypes.wholeNumber(100, 60_000),
            "5000",
            "How long a command over HTTP waits for its committed decision; then it is answered with 202 and where to ask"
                    + " for it later.");

    public static final Setting<HttpAuth> HTTP_AUTH = Setting.of(
            "http.auth",
            SettingTypes.oneOf(HttpAuth.class),
            "keys",
            "Who may use the HTTP API: whoever has an [API key](operations.md#api-keys), or with `none` whoever reaches the"
                    + " port, which is for networks that protect themselves.");

    public static final Setting<Optional<Path>> HTTP_TLS_CERTIFICATE = Setting.optional(
            "http.tls.certificate",
            SettingTypes.PATH,
            "A PEM file with the certificate of the HTTP API and those that lead to a known authority, in this order. With"
                    + " it the API speaks HTTPS only. Read once, at the start.");

    public static final Setting<Optional<Path>> HTTP_TLS_KEY = Setting.optional(
            "http.tls.key",
            SettingTypes.PATH,
            "A PEM file with the private key of that certificate, PKCS#8 without a password (`BEGIN PRIVATE KEY`).");

    public static final Setting<Optional<String>> POSTGRES_URL = Setting.optional(
            "postgres.url",
            SettingTypes.POSTGRES_URL,
            "The database that the PostgreSQL sink writes the journal to, for what only it knows: trades, journal and past"
                    + " balances over HTTP. The driver's parameters may follow, `currentSchema` among them when the tables"
                    + " are not in `bursar`. It is only read, and need not be there when Bursar starts.");

    public static final Setting<Optional<String>> POSTGRES_USER =
            Setting.optional("postgres.user", SettingTypes.TEXT, "Who reads it; without it, as its URL says.");

    public static final Setting<Optional<String>> POSTGRES_PASSWORD =
            Setting.secret("postgres.password", "That user's password.");

    public static final Setting<Optional<String>> REDIS_URL = Setting.optional(
            "redis.url",
            SettingTypes.REDIS_URL,
            "The server over which instances share the limits of API keys (`requestsPerSecond`); `rediss:` for TLS, the port"
                    + " is 6379 and the database 0 unless it says so. One server, not a cluster; the same at all instances."
                    + " Without it, or while it does not answer, each instance counts for itself. It need not be there when"
                    + " Bursar starts.");

    public static final Setting<Optional<String>> REDIS_USER =
            Setting.optional("redis.user", SettingTypes.TEXT, "Who uses it; without it, its default user.");

    public static final Setting<Optional<String>> REDIS_PASSWORD =
            Setting.secret("redis.password", "That user's password; without it, none.");

    private static final List<Setting<?>> DEFINITIONS = List.of(
            PROFILE,
            BOOTSTRAP_SERVERS,
            SCHEMA_REGISTRY_URL,
            BASIC_AUTH_CREDENTIALS_SOURCE,
            BASIC_AUTH_USER_INFO,
            SCHEMA_REGISTRY_SSL_TRUSTSTORE_LOCATION,
            SCHEMA_REGISTRY_SSL_TRUSTSTORE_PASSWORD,
            SCHEMA_REGISTRY_SSL_TRUSTSTORE_TYPE,
            SCHEMA_REGISTRY_SSL_KEYSTORE_LOCATION,
            SCHEMA_REGISTRY_SSL_KEYSTORE_PASSWORD,
            SCHEMA_REGISTRY_SSL_KEYSTORE_TYPE,
            AUTO_REGISTER_SCHEMAS,
            APPLICATION_ID,
            TOPIC_PREFIX,
            PARTITIONS,
            REPLICATION_FACTOR,
            STATE_DIR,
            GROUP_INSTANCE_ID,
            APPLICATION_SERVER,
            NUM_STREAM_THREADS,
            NUM_STANDBY_REPLICAS,
            COMMIT_INTERVAL_MS,
            TRANSACTION_TIMEOUT_MS,
            SESSION_TIMEOUT_MS,
            MAX_TASK_IDLE_MS,
            MEMORY_MB,
            ROCKSDB_MEMORY_MB,
            EXPIRY_CLOCK,
            RETENTION_ORDERS_DAYS,
            RETENTION_COMMANDS_DAYS,
            FUTURE_TOLERANCE_MS,
            DEFAULT_EXPIRY_DAYS,
            MAX_EXPIRY_DAYS,
            TOKEN_REFRESH_WINDOW_MS,
            TOKEN_REFRESH_ATTEMPTS,
            TOKEN_CALL_TIMEOUT_MS,
            VAULT,
            VAULT_KEY_FILE,
            VAULT_OLDER_KEY_FILE,
            BROKERS_FILE,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_DECISION_TIMEOUT_MS,
            HTTP_AUTH,
            HTTP_TLS_CERTIFICATE,
            HTTP_TLS_KEY,
            POSTGRES_URL,
            POSTGRES_USER,
            POSTGRES_PASSWORD,
            REDIS_URL,
            REDIS_USER,
            REDIS_PASSWORD);

    private static final Map<String, Setting<?>> BY_NAME =
            DEFINITIONS.stream().collect(Collectors.toUnmodifiableMap(Setting::name, Function.identity()));

    private final Map<String, RawSetting> given;
    private final Map<String, RawSetting> implied;

    /** @param given texts that their definitions allow, by name */
    Settings(Map<String, RawSetting> given) {
        this.given = Map.copyOf(given);
        this.implied = implied(this.given);
    }

    /** What the profile sets, and then the memory, where nobody sets it. */
    private static Map<String, RawSetting> implied(Map<String, RawSetting> given) {
        var implied = new HashMap<>(ofProfile(given));
        var memory = given.getOrDefault(MEMORY_MB.name(), implied.get(MEMORY_MB.name()));
        if (memory != null && !given.containsKey(ROCKSDB_MEMORY_MB.name())) {
            int share = new Memory(MEMORY_MB
                            .parse(memory.text())
                            .flatMap(Function.identity())
                            .orElseThrow())
                    .rocksDbMb();
            var origin = new Origin(MEMORY_MB.name() + " " + memory.text(), UnaryOperator.identity());
            implied.put(
                    ROCKSDB_MEMORY_MB.name(),
                    new RawSetting(ROCKSDB_MEMORY_MB.name(), Integer.toString(share), origin));
        }
        return Map.copyOf(implied);
    }

    /** What the profile sets and nobody else does. */
    private static Map<String, RawSetting> ofProfile(Map<String, RawSetting> given) {
        var text = given.containsKey(PROFILE.name()) ? given.get(PROFILE.name()).text() : PROFILE.defaultText();
        var profile = PROFILE.parse(text).orElseThrow();
        var origin = new Origin(PROFILE.name() + " " + profile.text(), UnaryOperator.identity());
        return profile.defaults().entrySet().stream()
                .filter(entry -> !isGivenFor(entry.getKey(), given))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> new RawSetting(entry.getKey(), entry.getValue(), origin)));
    }

    /** What is given for all of Kafka's clients is given for each; Streams would let what is for one of them win. */
    private static boolean isGivenFor(String name, Map<String, RawSetting> given) {
        var isForKafka = KafkaClients.isPassedThrough(name);
        var forAll = isForKafka ? KafkaClients.PREFIX + KafkaClients.bareName(name) : name;
        return given.containsKey(name) || given.containsKey(forAll);
    }

    /** All settings there are, in the order of the documentation. {@code kafka.*} comes in addition. */
    public static List<Setting<?>> definitions() {
        return DEFINITIONS;
    }

    static Optional<Setting<?>> definition(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * Reads the sources, once. With none of them everything has its default.
     *
     * @param sources by rising priority: usually file, environment, flags
     * @throws SettingsException with everything that is wrong in any of them
     */
    public static Settings load(SettingsSource... sources) {
        return new SettingsLoader().load(List.of(sources));
    }

    /** The value given by the source with the highest priority, or what profile or memory imply, or else the default. */
    public <T> T get(Setting<T> setting) {
        // Each text was checked when it was read; parsing again costs less than a second, untyped map of values.
        return setting.parse(raw(setting).text()).orElseThrow();
    }

    /** Whether a source gives the setting, be it its default. */
    public boolean isGiven(Setting<?> setting) {
        return given.containsKey(setting.name());
    }

    /** Whether the setting has its own default, because neither a source gives it nor profile or memory imply it. */
    public boolean isDefault(Setting<?> setting) {
        return !isGiven(setting) && !implied.containsKey(setting.name());
    }

    /** What is given of the ledger's rules; the rest is as by default. */
    public LedgerRules ledgerRules() {
        return new LedgerRules(
                Duration.ofDays(get(RETENTION_ORDERS_DAYS)),
                Duration.ofDays(get(RETENTION_COMMANDS_DAYS)),
                Duration.ofMillis(get(FUTURE_TOLERANCE_MS)),
                LedgerRules.DEFAULT.earlyFillTolerance(),
                Duration.ofDays(get(DEFAULT_EXPIRY_DAYS)),
                Duration.ofDays(get(MAX_EXPIRY_DAYS)),
                LedgerRules.DEFAULT.mostOpenOrders());
    }

    /**
     * What is set of the life of brokers' tokens.
     *
     * @param limits of the calls to a broker, by its id
     */
    public DeskRules deskRules(Function<String, BrokerLimits> limits) {
        return new DeskRules(
                Duration.ofMillis(get(TOKEN_REFRESH_WINDOW_MS)),
                get(TOKEN_REFRESH_ATTEMPTS),
                Duration.ofMillis(get(TOKEN_CALL_TIMEOUT_MS)),
                limits);
    }

    /** What the client of the schema registry gets: its URL, credentials and TLS, by full name, as far as they are set. */
    public Map<String, String> schemaRegistry() {
        Map<String, String> config = new LinkedHashMap<>();
        DEFINITIONS.stream()
                .filter(setting -> setting.name().startsWith("schema.registry.")
                        || setting.name().startsWith("basic.auth."))
                .map(this::raw)
                .filter(raw -> !raw.text().isEmpty())
                .forEach(raw -> config.put(raw.name(), raw.text()));
        return config;
    }

    /**
     * The brokers and everything that is passed through, the profile's part included, for a {@code StreamsConfig}: without {@code kafka.}, with the
     * prefixes ({@code producer.}, {@code main.consumer.} and so on) by which Kafka Streams tells its clients apart.
     */
    public Map<String, Object> kafkaStreams() {
        return withBrokers(new HashMap<>(passedThrough()));
    }

    /** The brokers and what is passed through to an admin client, for one that is not Kafka Streams' own. */
    public Map<String, Object> kafkaAdmin() {
        return withBrokers(KafkaClients.forAdmin(passedThrough()));
    }

    /** The brokers and what is passed through to a consumer, for one that is not Kafka Streams' own. */
    public Map<String, Object> kafkaConsumer() {
        return withBrokers(KafkaClients.forConsumer(passedThrough()));
    }

    /** The brokers and what is passed through to a producer, for one that is not Kafka Streams' own. */
    public Map<String, Object> kafkaProducer() {
        return withBrokers(KafkaClients.forProducer(passedThrough()));
    }

    /**
     * One line per setting with its value and source, secrets masked: {@code http.port = 8080 (default)},
     * {@code commit.interval.ms = 100 (profile throughput)}.
     */
    public List<String> describe() {
        var own = DEFINITIONS.stream().map(this::raw);
        var kafka = forKafka().sorted(Comparator.comparing(RawSetting::name));
        return Stream.concat(own, kafka).map(RawSetting::toString).toList();
    }

    /** The lines of {@link #describe}: safe to log. */
    @Override
    public String toString() {
        return String.join(System.lineSeparator(), describe());
    }

    RawSetting raw(Setting<?> setting) {
        var raw = given.getOrDefault(setting.name(), implied.get(setting.name()));
        return raw != null ? raw : new RawSetting(setting.name(), setting.defaultText(), Origin.DEFAULT);
    }

    private Stream<RawSetting> forKafka() {
        return Stream.concat(given.values().stream(), implied.values().stream())
                .filter(raw -> KafkaClients.isPassedThrough(raw.name()));
    }

    private Map<String, String> passedThrough() {
        return forKafka()
                .collect(Collectors.toMap(raw -> raw.name().substring(KafkaClients.PREFIX.length()), RawSetting::text));
    }

    private Map<String, Object> withBrokers(Map<String, Object> config) {
        config.put("bootstrap.servers", get(BOOTSTRAP_SERVERS));
        return config;
    }
}
