package io.bursar.desk;

import io.bursar.schemas.BrokerEnvironment;
import java.util.Locale;

/** Ids of broker accounts: made of broker, environment and number, so that none of them is there twice. */
public final class BrokerAccountIds {
    /** Characters of the longest id. */
    public static final int MAX_LENGTH = 94;

    private BrokerAccountIds() {}

    /** The one id that an account can have. */
    public static String of(String broker, BrokerEnvironment environment, String number) {
        return broker + ":" + environment.name().toLowerCase(Locale.ROOT) + ":" + number;
    }
}
