package io.bursar.service.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.brokers.LoginFields;
import io.bursar.service.http.Fields;
import io.bursar.vault.OlderForm;
import io.bursar.vault.PrivateKeyException;
import io.bursar.vault.PrivateKeys;
import io.bursar.vault.SealException;
import io.bursar.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets in a request: each as text, or as an object in the older form. What is wrong with one is told by its name, never
 * with its value. For one thread only.
 */
final class GivenSecrets implements AutoCloseable {
    private static final int MAX_LENGTH = 16_384;
    private static final String TEXT_RULE = "text of 1 to 16,384 characters, or an object in the older form";

    private final Map<String, Secret> byName = new LinkedHashMap<>();

    private GivenSecrets() {}

    /**
     * @param older opens the older form; empty where its master key is not set
     */
    static GivenSecrets read(Map<String, JsonNode> given, Optional<OlderForm> older, FaultList faults) {
        var secrets = new GivenSecrets();
        given.forEach((name, value) -> secrets.read(name, value, older, faults));
        return secrets;
    }

    /** By name; theirs to be overwritten is when this is closed. */
    Map<String, Secret> byName() {
        return byName;
    }

    private void read(String name, JsonNode value, Optional<OlderForm> older, FaultList faults) {
        var field = "secrets." + name;
        if (value.isTextual()
                && !value.textValue().isEmpty()
                && value.textValue().length() <= MAX_LENGTH) {
            take(name, field, value.textValue(), faults);
        } else if (!value.isObject()) {
            faults.add(field, null, TEXT_RULE);
        } else if (older.isEmpty()) {
            faults.add(field, null, "text: the older form cannot be opened without vault.older.key.file");
        } else {
            takeOlder(name, field, Fields.of(value), older.get(), faults);
        }
    }

    private void take(String name, String field, String text, FaultList faults) {
        if (!name.equals(LoginFields.PRIVATE_KEY)) {
            byName.put(name, new Secret(text.getBytes(StandardCharsets.UTF_8)));
            return;
        }
        try {
            byName.put(name, PrivateKeys.rsa(text));
        } catch (PrivateKeyException e) {
            faults.add(field, null, e.getMessage());
        }
    }

    private void takeOlder(String name, String field, Fields fields, OlderForm older, FaultList faults) {
        var form = faults.read(() -> older(fields));
        if (form == null) {
            return;
        }
        try (var opened = older.open(form)) {
            take(name, field, new String(opened.bytes(), StandardCharsets.UTF_8), faults);
        } catch (SealException e) {
            faults.add(field, null, e.getMessage());
        }
    }

    private static OlderForm.Fields older(Fields fields) {
        var form = new OlderForm.Fields(
                fields.text("ciphertext", 2 * MAX_LENGTH),
                fields.text("nonce", 64),
                fields.text("tag", 64),
                fields.text("salt", 256),
                fields.whole("key_version", 0, Integer.MAX_VALUE),
                fields.text("algorithm", 64));
        fields.requireNoOthers();
        return form;
    }

    @Override
    public void close() {
        byName.values().forEach(Secret::close);
    }
}
