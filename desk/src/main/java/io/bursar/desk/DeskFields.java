package io.bursar.desk;

import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.Fault;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.RefreshCancelled;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshStarted;
import io.bursar.schemas.RefreshSucceeded;
import io.bursar.schemas.RoutingCount;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.UpdateBrokerAccount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the fields of messages to the desk may hold. All faults are found at once. */
public final class DeskFields {
    /** Of a permission, in words. */
    public static final String PERMISSION_RULE = "1 to 32 of a-z 0-9 _, such as us_stock";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9._-]{1,50}");
    private static final Pattern BROKER = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern PERMISSION = Pattern.compile("[a-z0-9_]{1,32}");
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,31}");
    private static final Pattern OPERATION = Pattern.compile("[A-Z0-9_]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TAG = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    private static final int MAX_NAME = 100;
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_ITEMS = 32;

    /** They lie in the account's row, which is written with every change of it, and has to fit into a record. */
    static final int MAX_SECRETS = 8;

    private static final int MAX_SEALED_BYTES = 32 << 10;
    private static final int MAX_CODE = 256;
    private static final long MAX_DURATION_MICROS = 86_400_000_000L;
    private static final int MAX_SHOWN = 64;

    private final List<Fault> faults = new ArrayList<>();

    private DeskFields() {}

    /** What is wrong with a new account; empty when nothing is. */
    public static List<Fault> faultsOf(CreateBrokerAccount account) {
        var fields = new DeskFields();
        fields.matches("owner", account.getOwner(), ID, "1 to 64 of A-Z a-z 0-9 . _ : -");
        fields.text("name", account.getName(), 1, MAX_NAME);
        fields.matches("number", account.getNumber(), NUMBER, "1 to 50 of A-Z a-z 0-9 . _ -");
        fields.matches("broker", account.getBroker(), BROKER, "1 to 32 of a-z 0-9 -");
        fields.optionalText("licence", account.getLicence());
        fields.permissions(account.getPermissions());
        fields.optionalText("description", account.getDescription());
        fields.tags(account.getTags());
        if (account.getLedgerAccountId() != null) {
            fields.ledgerAccount(account.getLedgerAccountId());
        }
        fields.properties(account.getProperties());
        fields.secrets(account.getSecrets());
        return fields.faults;
    }

    /** What is wrong with a change; empty when nothing is. */
    public static List<Fault> faultsOf(UpdateBrokerAccount change) {
        var fields = new DeskFields();
        if (change.getName() != null) {
            fields.text("name", change.getName(), 1, MAX_NAME);
        }
        fields.optionalText("licence", change.getLicence());
        if (change.getPermissions() != null) {
            fields.permissions(change.getPermissions());
        }
        fields.optionalText("description", change.getDescription());
        if (change.getTags() != null) {
            fields.tags(change.getTags());
        }
        if (change.getLedgerAccountId() != null && !change.getLedgerAccountId().isEmpty()) {
            fields.ledgerAccount(change.getLedgerAccountId());
        }
        if (change.getProperties() != null) {
            fields.properties(change.getProperties());
        }
        fields.secrets(change.getSecrets());
        return fields.faults;
    }

    /** Whether it has the form of a permission. */
    public static boolean isPermission(String text) {
        return PERMISSION.matcher(text).matches();
    }

    /** What is wrong with an event of a token; empty when nothing is. */
    public static List<Fault> faultsOf(TokenEvent event) {
        var fields = new DeskFields();
        switch (event.getBody()) {
            case NewToken token -> fields.token(token);
            case RefreshSucceeded success -> {
                fields.bounded("worker", success.getWorker());
                fields.token(success.getToken());
            }
            case RefreshStarted start -> fields.bounded("worker", start.getWorker());
            case RefreshFailed failure -> fields.bounded("code", failure.getCode());
            case RefreshCancelled cancelled -> fields.bounded("reason", cancelled.getReason());
            default -> {
                // Nothing in it is of any length.
            }
        }
        return fields.faults;
    }

    /** What is wrong with a report; empty when nothing is. */
    public static List<Fault> faultsOf(OperationReport report) {
        var fields = new DeskFields();
        switch (report.getBody()) {
            case OperationOutcome outcome -> {
                fields.matches("operation", outcome.getOperation(), OPERATION, "1 to 64 of A-Z 0-9 _");
                if (outcome.getCode() != null) {
                    fields.bounded("code", outcome.getCode());
                }
                var duration = outcome.getDurationMicros();
                if (duration != null && (duration < 0 || duration > MAX_DURATION_MICROS)) {
                    fields.fault("durationMicros", duration.toString(), "0 to 86,400,000,000, a day");
                }
            }
            case RoutingCount count -> {
                fields.matches("operation", count.getOperation(), OPERATION, "1 to 64 of A-Z 0-9 _");
                fields.matches("router", count.getRouter(), ID, "1 to 64 of A-Z a-z 0-9 . _ : -");
            }
            default -> {
                // There is no other.
            }
        }
        return fields.faults;
    }

    private void token(NewToken token) {
        sealed("access", token.getAccess());
        if (token.getRefresh() != null) {
            sealed("refresh", token.getRefresh());
        }
        matches("hash", token.getHash(), HASH, "64 hexadecimal digits");
    }

    private void bounded(String field, String value) {
        if (value.isEmpty() || value.length() > MAX_CODE) {
            fault(field, value, "1 to " + MAX_CODE + " characters");
        }
    }

    private void sealed(String field, SealedSecret secret) {
        int size = secret.getSealed().remaining();
        if (size == 0 || size > MAX_SEALED_BYTES) {
            fault(field, null, "1 to 32,768 sealed bytes; it has " + size);
        }
        matches(field + ".name", secret.getName(), PROPERTY, "a name of 1 to 32 letters and digits");
    }

    private void ledgerAccount(String id) {
        matches("ledgerAccountId", id, ID, "1 to 64 of A-Z a-z 0-9 . _ : -");
    }

    private void permissions(List<String> permissions) {
        each("permissions", permissions, Function.identity(), PERMISSION, PERMISSION_RULE);
    }

    private void tags(List<String> tags) {
        each("tags", tags, Function.identity(), TAG, "1 to 64 characters, none that controls");
    }

    private void properties(List<BrokerProperty> properties) {
        each("properties", properties, BrokerProperty::getName, PROPERTY, "a name of 1 to 32 letters and digits");
        for (var property : properties) {
            text("properties." + shortened(property.getName()), property.getValue(), 1, MAX_TEXT);
        }
    }

    private void secrets(List<SealedSecret> secrets) {
        each("secrets", secrets, SealedSecret::getName, PROPERTY, "a name of 1 to 32 letters and digits");
        if (secrets.size() > MAX_SECRETS) {
            fault("secrets", secrets.size() + " items", "at most " + MAX_SECRETS);
        }
        secrets.forEach(secret -> sealed("secrets." + shortened(secret.getName()), secret));
    }

    private <T> void each(String field, List<T> items, Function<T, String> text, Pattern form, String rule) {
        if (items.size() > MAX_ITEMS) {
            fault(field, items.size() + " items", "at most " + MAX_ITEMS);
            return;
        }
        var seen = new HashSet<String>();
        for (var item : items) {
            var value = text.apply(item);
            matches(field, value, form, rule);
            if (!seen.add(value)) {
                fault(field, value, "each once");
            }
        }
    }

    private void matches(String field, String value, Pattern form, String rule) {
        if (!form.matcher(value).matches()) {
            fault(field, value, rule);
        }
    }

    private void optionalText(String field, String value) {
        if (value != null) {
            text(field, value, 0, MAX_TEXT);
        }
    }

    private void text(String field, String value, int min, int max) {
        int length = value.codePointCount(0, value.length());
        if (length > max || (min > 0 && value.isBlank())) {
            fault(field, value, min + " to " + max + " characters" + (min > 0 ? ", not only blanks" : ""));
        }
    }

    private void fault(String field, String value, String rule) {
        faults.add(new Fault(field, value == null ? null : shortened(value), rule));
    }

    private static String shortened(String value) {
        return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
    }
}
