package io.bursar.service.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.brokers.Broker;
import io.bursar.brokers.BrokerLogin;
import io.bursar.brokers.Brokers;
import io.bursar.desk.BrokerAccountIds;
import io.bursar.desk.DeskFields;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.UpdateBrokerAccount;
import io.bursar.service.http.Fields;
import io.bursar.vault.OlderForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request says of a broker account, checked by the desk's rules and by those of its broker, all at once. */
final class BrokerAccountRequest {
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_ITEMS = 32;
    private static final String DEFAULT_TRADING = "defaultTrading";
    private static final String DEFAULT_DATA = "defaultData";

    private final Brokers brokers;
    private final Secrets secrets;
    private final Optional<OlderForm> older;
    private final FaultList faults = new FaultList();

    BrokerAccountRequest(Brokers brokers, Secrets secrets, Optional<OlderForm> older) {
        this.brokers = brokers;
        this.secrets = secrets;
        this.older = older;
    }

    /** What was wrong with what was read. */
    FaultList faults() {
        return faults;
    }

    /** A new account; null when something is wrong with it. */
    CreateBrokerAccount creation(Fields fields) {
        var creation = CreateBrokerAccount.newBuilder()
                .setOwner(orEmpty(faults.read(() -> fields.text("owner", MAX_TEXT))))
                .setName(orEmpty(faults.read(() -> fields.text("name", MAX_TEXT))))
                .setNumber(orEmpty(faults.read(() -> fields.text("number", MAX_TEXT))))
                .setBroker(orEmpty(faults.read(() -> fields.text("broker", MAX_TEXT))))
                .setLicence(faults.read(() -> fields.optionalText("licence", MAX_TEXT)))
                .setPermissions(orEmpty(faults.read(() -> texts(fields, "permissions"))))
                .setDescription(faults.read(() -> fields.optionalText("description", MAX_TEXT)))
                .setTags(orEmpty(faults.read(() -> texts(fields, "tags"))))
                .setLedgerAccountId(faults.read(() -> fields.optionalText("ledgerAccountId", MAX_TEXT)))
                .setDefaultTrading(Boolean.TRUE.equals(faults.read(() -> fields.flag(DEFAULT_TRADING))))
                .setDefaultData(Boolean.TRUE.equals(faults.read(() -> fields.flag(DEFAULT_DATA))))
                .setProperties(properties(fields));
        var environment = faults.read(() -> fields.symbol("environment", BrokerEnvironment.class));
        var type = faults.read(() -> fields.symbol("type", BrokerAccountType.class, BrokerAccountType.STANDARD));
        var status = faults.read(() -> fields.symbol("status", BrokerAccountStatus.class, BrokerAccountStatus.ACTIVE));
        creation.setEnvironment(environment == null ? BrokerEnvironment.PRODUCTION : environment)
                .setType(type == null ? BrokerAccountType.STANDARD : type)
                .setStatus(status == null ? BrokerAccountStatus.ACTIVE : status);
        try (var given = secrets(fields)) {
            faults.read(() -> noOthers(fields));
            var id = BrokerAccountIds.of(creation.getBroker(), creation.getEnvironment(), creation.getNumber());
            checkWithBroker(id, creation, given);
            // Of what the desk would refuse as well, all is told now.
            faults.addAll(DeskFields.faultsOf(creation.build()));
            if (!faults.faults().isEmpty()) {
                return null;
            }
            List<SealedSecret> sealed = new ArrayList<>();
            given.byName().forEach((name, secret) -> sealed.add(secrets.seal(id, name, 1, secret.bytes())));
            return creation.setSecrets(sealed).build();
        }
    }

    /** A change of an account; null when something is wrong with it. */
    UpdateBrokerAccount change(BrokerAccount account, Fields fields) {
        var change = UpdateBrokerAccount.newBuilder()
                .setName(faults.read(() -> fields.optionalText("name", MAX_TEXT)))
                .setLicence(faults.read(() -> fields.optionalText("licence", MAX_TEXT)))
                .setPermissions(faults.read(() -> fields.has("permissions") ? texts(fields, "permissions") : null))
                .setDescription(faults.read(() -> fields.optionalText("description", MAX_TEXT)))
                .setTags(faults.read(() -> fields.has("tags") ? texts(fields, "tags") : null))
                .setLedgerAccountId(faults.read(() -> fields.optionalText("ledgerAccountId", MAX_TEXT)))
                .setType(faults.read(() -> fields.symbol("type", BrokerAccountType.class, null)))
                .setDefaultTrading(faults.read(() -> fields.has(DEFAULT_TRADING) ? fields.flag(DEFAULT_TRADING) : null))
                .setDefaultData(faults.read(() -> fields.has(DEFAULT_DATA) ? fields.flag(DEFAULT_DATA) : null))
                .setProperties(fields.has("properties") ? properties(fields) : null);
        try (var given = secrets(fields)) {
            faults.read(() -> noOthers(fields));
            faults.addAll(DeskFields.faultsOf(change.build()));
            if (!faults.faults().isEmpty()) {
                return null;
            }
            if (change.getLicence() != null) {
                change.setUsesTokens(usesTokens(account, change.getLicence()));
            }
            List<SealedSecret> sealed = new ArrayList<>();
            given.byName()
                    .forEach((name, secret) -> sealed.add(
                            secrets.seal(account.getId(), name, nextVersion(account, name), secret.bytes())));
            return change.setSecrets(sealed).build();
        }
    }

    private static long nextVersion(BrokerAccount account, String name) {
        return account.getSecrets().stream()
                        .filter(known -> known.getName().equals(name))
                        .mapToLong(SealedSecret::getVersion)
                        .findAny()
                        .orElse(0)
                + 1;
    }

    private void checkWithBroker(String id, CreateBrokerAccount.Builder creation, GivenSecrets given) {
        var broker = brokers.broker(creation.getBroker());
        if (broker.isEmpty()) {
            if (!creation.getBroker().isEmpty()) {
                faults.add(
                        "broker",
                        creation.getBroker(),
                        "one of " + String.join(", ", brokers.ids()) + ", which are set");
            }
            return;
        }
        Map<String, byte[]> copies = new HashMap<>();
        given.byName().forEach((name, secret) -> copies.put(name, secret.bytes().clone()));
        try (var login = new BrokerLogin(
                id,
                creation.getNumber(),
                Logins.environment(creation.getEnvironment()),
                creation.getLicence(),
                Logins.properties(creation.getProperties()),
                copies)) {
            broker.get()
                    .faults(login)
                    .forEach(fault -> faults.add(place(broker.get(), creation, fault.field()), null, fault.rule()));
            creation.setUsesTokens(broker.get().needsToken(login));
        }
    }

    private static String place(Broker broker, CreateBrokerAccount.Builder creation, String field) {
        var known = broker.fields(creation.getLicence());
        if (known.requiredProperties().contains(field)) {
            return "properties." + field;
        }
        return known.requiredSecrets().contains(field) ? "secrets." + field : field;
    }

    private Boolean usesTokens(BrokerAccount account, String licence) {
        return brokers.broker(account.getBroker())
                .map(broker -> {
                    try (var login = new BrokerLogin(
                            account.getId(),
                            account.getNumber(),
                            Logins.environment(account.getEnvironment()),
                            licence,
                            Logins.properties(account.getProperties()),
                            Map.of())) {
                        return broker.needsToken(login);
                    }
                })
                .orElse(null);
    }

    private GivenSecrets secrets(Fields fields) {
        Map<String, JsonNode> given = faults.read(() -> fields.members("secrets", MAX_ITEMS));
        return GivenSecrets.read(given == null ? Map.of() : given, older, faults);
    }

    private List<BrokerProperty> properties(Fields fields) {
        Map<String, JsonNode> given = faults.read(() -> fields.members("properties", MAX_ITEMS));
        List<BrokerProperty> properties = new ArrayList<>();
        if (given != null) {
            given.forEach((name, value) -> {
                if (value.isTextual()) {
                    properties.add(new BrokerProperty(name, value.textValue()));
                } else {
                    faults.add("properties." + name, value.toString(), "text");
                }
            });
        }
        return properties;
    }

    private static List<String> texts(Fields fields, String name) {
        return fields.texts(name, MAX_ITEMS, text -> true, "");
    }

    private static Void noOthers(Fields fields) {
        fields.requireNoOthers();
        return null;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static List<String> orEmpty(List<String> texts) {
        return texts == null ? List.of() : texts;
    }
}
