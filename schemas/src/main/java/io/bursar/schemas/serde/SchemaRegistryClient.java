package io.bursar.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bursar.schemas.serde.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that speaks Confluent's REST API: Confluent's own, Apicurio ({@code http://host/apis/ccompat/v7}), Karapace,
 * Redpanda. What it once answered it keeps for its lifetime, so known ids go on working while the registry is down.
 *
 * <p>Settings, named as Confluent's: {@code schema.registry.url} (several addresses of one registry, separated by
 * commas), {@code auto.register.schemas} (true), {@code basic.auth.credentials.source} ({@code URL} or {@code
 * USER_INFO}), {@code basic.auth.user.info}, {@code http.connect.timeout.ms} (2,000), {@code http.read.timeout.ms}
 * (5,000), and {@code schema.registry.ssl.truststore.*} and {@code .keystore.*} as Kafka's (JKS, PKCS12, PEM). Host names
 * of certificates are always verified. A call blocks for at most the two time-outs together, per address and request.
 */
public final class SchemaRegistryClient implements SchemaRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistryClient.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private record Registration(String subject, Schema schema) {}

    private final RegistryHttp http;
    private final boolean autoRegister;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final UnknownIds unknownIds;

    /**
     * Opens no connection yet.
     *
     * @param settings may hold settings of others, which are ignored
     * @throws ConfigException naming the setting, its value and the rule
     */
    public SchemaRegistryClient(Map<String, ?> settings) {
        this(settings, System::nanoTime);
    }

    SchemaRegistryClient(Map<String, ?> settings, LongSupplier nanoClock) {
        var parsed = new RegistrySettings(settings);
        this.http = new RegistryHttp(parsed);
        this.autoRegister = parsed.autoRegister();
        this.unknownIds = new UnknownIds(nanoClock);
    }

    /** Registers the schema when it is missing, unless {@code auto.register.schemas} is false. */
    @Override
    public int idOf(String subject, Schema schema) {
        return autoRegister ? register(subject, schema) : lookUp(subject, schema);
    }

    /**
     * Registers a schema under a subject, if it is not there already, and sees to it that the subject refuses changes
     * with which old records could not be read: where the level in force is NONE, it becomes BACKWARD.
     *
     * @throws IncompatibleSchemaException when the registry refuses the schema
     * @throws RegistryUnavailableException when there is no usable answer
     */
    public int register(String subject, Schema schema) {
        var registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        return known != null ? known : register(registration);
    }

    /**
     * The id of a schema that somebody else has registered.
     *
     * @throws UnknownSchemaException when the subject does not have it
     * @throws RegistryUnavailableException when there is no usable answer
     */
    public int lookUp(String subject, Schema schema) {
        var registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        return known != null ? known : lookUp(registration);
    }

    @Override
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        return known != null ? known : fetch(id);
    }

    @Override
    public boolean isCached(int id) {
        return schemas.containsKey(id);
    }

    @Override
    public Optional<String> refusal(int id) {
        return unknownIds.reason(id);
    }

    /**
     * The compatibility level in force for a subject, its own or the registry's: BACKWARD, NONE, FULL, and so on.
     *
     * @throws RegistryUnavailableException when there is no usable answer
     */
    public String compatibility(String subject) {
        Answer own = http.get("/config/" + escaped(subject) + "?defaultToGlobal=true");
        // Apicurio knows no level for a subject without schemas, and does not default either.
        Answer answer = own.isOk() ? own : http.get("/config");
        return Optional.ofNullable(answer.body().get("compatibilityLevel"))
                .map(JsonNode::asText)
                .orElseThrow(() -> unexpected(answer, "gave no compatibility level for subject " + subject));
    }

    /**
     * Sets the compatibility level of one subject.
     *
     * @throws RegistryUnavailableException when it could not be set
     */
    public void setCompatibility(String subject, String level) {
        var body = JSON.objectNode().put("compatibility", level);
        Answer answer = http.send("PUT", "/config/" + escaped(subject), body);
        if (!answer.isOk()) {
            throw unexpected(
                    answer, "refuses compatibility " + level + " for subject " + subject + ": " + answer.reason());
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private int register(Registration registration) {
        String subject = registration.subject();
        // First the rule, then the schema: no instant at which an incompatible one could slip in.
        refuseIncompatibleChanges(subject);
        Answer answer = http.send("POST", "/subjects/" + escaped(subject) + "/versions", schemaBody(registration));
        return switch (answer.status()) {
            case 200 -> accept(answer, registration);
            case 409, 422 ->
                throw new IncompatibleSchemaException("The schema registry refuses "
                        + registration.schema().getFullName() + " under subject " + subject + ": " + answer.reason());
            default -> throw unexpected(answer, "did not register under subject " + subject + ": " + answer.reason());
        };
    }

    private void refuseIncompatibleChanges(String subject) {
        if (!compatibility(subject).equals("NONE")) {
            return;
        }
        try {
            setCompatibility(subject, "BACKWARD");
            LOG.info("Subject {} of the schema registry had compatibility NONE and now has BACKWARD", subject);
        } catch (RegistryUnavailableException e) {
            // Apicurio answers so when another instance set it at the same moment.
            if (compatibility(subject).equals("NONE")) {
                throw e;
            }
        }
    }

    private int lookUp(Registration registration) {
        String subject = registration.subject();
        Answer answer = http.send("POST", "/subjects/" + escaped(subject), schemaBody(registration));
        return switch (answer.status()) {
            case 200 -> accept(answer, registration);
            case 404 ->
                throw new UnknownSchemaException("The schema registry does not have "
                        + registration.schema().getFullName() + " under subject " + subject
                        + ", and auto.register.schemas is false: " + answer.reason());
            default -> throw unexpected(answer, "did not look up subject " + subject + ": " + answer.reason());
        };
    }

    private int accept(Answer answer, Registration registration) {
        JsonNode id = answer.body().path("id");
        if (!id.isInt()) {
            throw unexpected(answer, "gave no id for subject " + registration.subject());
        }
        ids.put(registration, id.intValue());
        schemas.putIfAbsent(id.intValue(), registration.schema());
        return id.intValue();
    }

    private Schema fetch(int id) {
        refusal(id).ifPresent(reason -> {
            throw new UnknownSchemaException(reason);
        });
        try {
            Schema schema = parse(id, schemaAt("/schemas/ids/" + id));
            schemas.put(id, schema);
            return schema;
        } catch (UnknownSchemaException e) {
            unknownIds.add(id, e.getMessage());
            throw e;
        }
    }

    private Schema parse(int id, JsonNode body) {
        String kind = body.path("schemaType").asText("AVRO");
        if (!kind.equals("AVRO")) {
            throw new UnknownSchemaException("Schema " + id + " of the schema registry is " + kind + ", not AVRO");
        }
        // The registry took it: a default or a name that only Java finds wrong is no reason to refuse its records.
        var parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        try {
            parseReferences(parser, body, new HashSet<>());
            return parser.parse(body.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UnknownSchemaException(
                    "Schema " + id + " of the schema registry is not valid Avro: " + Causes.describe(e));
        }
    }

    /** A schema may use types that were registered under other subjects, and those again. */
    private void parseReferences(Schema.Parser parser, JsonNode body, Set<String> seen) {
        for (JsonNode reference : body.path("references")) {
            String path = "/subjects/" + escaped(reference.path("subject").asText()) + "/versions/"
                    + reference.path("version").asInt();
            if (!seen.add(path)) {
                continue;
            }
            JsonNode referenced = schemaAt(path);
            parseReferences(parser, referenced, seen);
            var unused = parser.parse(referenced.path("schema").asText());
        }
    }

    private JsonNode schemaAt(String path) {
        Answer answer = http.get(path);
        if (answer.status() == 404) {
            throw new UnknownSchemaException("The schema registry does not have " + path + ": " + answer.reason());
        }
        if (!answer.body().path("schema").isTextual()) {
            throw unexpected(answer, "gave no schema for " + path + ": " + answer.reason());
        }
        return answer.body();
    }

    private static JsonNode schemaBody(Registration registration) {
        return JSON.objectNode().put("schema", SchemaText.of(registration.schema()));
    }

    private static String escaped(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static RegistryUnavailableException unexpected(Answer answer, String what) {
        return new RegistryUnavailableException("The schema registry at " + answer.url() + " " + what);
    }
}
