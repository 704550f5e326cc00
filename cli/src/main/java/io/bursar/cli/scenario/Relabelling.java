package io.bursar.cli.scenario;

import io.bursar.ledger.ReasonCode;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Translates between a scenario and the system it is played on: accounts, assets and instruments get a suffix, so that
 * they are new there, and times are shifted. Records are copied, never changed.
 */
final class Relabelling {
    private static final Set<String> NAMES = Set.of(
            "accountId", "fromAccountId", "toAccountId", "asset", "feeAsset", "baseAsset", "quoteAsset", "instrument");

    private final String suffix;
    private final Duration shift;

    /** @param shift what is added to the scenario's times */
    Relabelling(String suffix, Duration shift) {
        this.suffix = suffix;
        this.shift = shift;
    }

    /** The system's name of the scenario's account, asset or instrument. */
    String name(String name) {
        return name + suffix;
    }

    /** The scenario's name of the system's, or the same where that is not of this scenario. */
    String ourName(String name) {
        return isOurs(name) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    /** Whether this is the system's name of something of this scenario. */
    boolean isOurs(String name) {
        return name.endsWith(suffix);
    }

    /** The system's instant of the scenario's. */
    Instant instant(Instant instant) {
        return instant.plus(shift);
    }

    /** The system's record of the scenario's. */
    <T extends SpecificRecord> T outward(T record) {
        return copy(record, this::name, shift);
    }

    /** The scenario's record of the system's. */
    <T extends SpecificRecord> T inward(T record) {
        return copy(record, this::ourName, shift.negated());
    }

    @SuppressWarnings("unchecked") // A copy is of the same class.
    private static <T extends SpecificRecord> T copy(T record, UnaryOperator<String> rename, Duration shift) {
        var copy = (T) SpecificData.newInstance(record.getClass(), record.getSchema());
        boolean hasName = record instanceof Asset || record instanceof Instrument;
        for (var field : record.getSchema().getFields()) {
            var value = record.get(field.pos());
            boolean isName =
                    NAMES.contains(field.name()) || (hasName && field.name().equals("id"));
            copy.put(field.pos(), isName && value != null ? rename.apply((String) value) : copy(value, rename, shift));
        }
        if (copy instanceof Rejection rejection && isOfInstants(rejection)) {
            rejection.setLimit(rejection.getLimit() + Offsets.micros(shift));
            rejection.setValue(rejection.getValue() + Offsets.micros(shift));
        }
        return copy;
    }

    private static Object copy(Object value, UnaryOperator<String> rename, Duration shift) {
        return switch (value) {
            case Instant instant -> instant.plus(shift);
            case SpecificRecord record -> copy(record, rename, shift);
            case List<?> list -> {
                var copies = new ArrayList<>(list.size());
                list.forEach(item -> copies.add(copy(item, rename, shift)));
                yield copies;
            }
            case null, default -> value;
        };
    }

    private static boolean isOfInstants(Rejection rejection) {
        return rejection.getLimit() != null
                && switch (ReasonCode.of(rejection.getReason())) {
                    case COMMAND_TOO_OLD,
                            OCCURRED_IN_THE_FUTURE,
                            EXPIRY_MUST_BE_IN_THE_FUTURE,
                            EXPIRY_EXCEEDS_30_DAYS -> true;
                    default -> false;
                };
    }
}
