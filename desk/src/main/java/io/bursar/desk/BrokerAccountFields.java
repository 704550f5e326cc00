package io.bursar.desk;

import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.Fault;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.UpdateBrokerAccount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the fields of a broker account may hold. All faults are found at once. */
public final class BrokerAccountFields {
    /** Of a permission, in words. */
    public static final String PERMISSION_RULE = "1 to 32 of a-z 0-9 _, such as us_stock";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9._-]{1,50}");
    private static final Pattern BROKER = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern PERMISSION = Pattern.compile("[a-z0-9_]{1,32}");
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,31}");
    private static final Pattern TAG = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    private static final int MAX_NAME = 100;
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_ITEMS = 32;
    private static final int MAX_SEALED_BYTES = 32 << 10;
    private static final int MAX_SHOWN = 64;

    private final List<Fault> faults = new ArrayList<>();

    private BrokerAccountFields() {}

    /** What is wrong with a new account; empty when nothing is. */
    public static List<Fault> faultsOf(CreateBrokerAccount account) {
        var fields = new BrokerAccountFields();
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
        var fields = new BrokerAccountFields();
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
        for (var secret : secrets) {
            int size = secret.getSealed().remaining();
            if (size == 0 || size > MAX_SEALED_BYTES) {
                fault("secrets." + shortened(secret.getName()), null, "1 to 32,768 sealed bytes; it has " + size);
            }
        }
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
