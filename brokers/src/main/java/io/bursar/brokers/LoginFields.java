package io.bursar.brokers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a login at a broker is made of, by name. Properties may be shown, secrets never.
 *
 * @param requiredProperties properties without which the broker cannot be asked
 * @param requiredSecrets secrets without which the broker cannot be asked
 * @param optionalSecrets secrets that it makes use of where they are given
 */
public record LoginFields(Set<String> requiredProperties, Set<String> requiredSecrets, Set<String> optionalSecrets) {
    /** OAuth 2.0: the client id; a property. */
    public static final String CLIENT_ID = "clientId";
    /** OAuth 2.0: the client's password, UTF-8; a secret. */
    public static final String CLIENT_SECRET = "clientSecret";
    /** OAuth 2.0: what new tokens are asked for with, instead of the client's password alone; a secret. */
    public static final String REFRESH_TOKEN = "refreshToken";
    /** The token that is valid now, ASCII; a secret. */
    public static final String ACCESS_TOKEN = "accessToken";
    /** Tiger: the developer's id; a property. */
    public static final String TIGER_ID = "tigerId";
    /** Tiger: the RSA key that signs requests, PKCS#8 as PEM, as its base64 alone, or as DER; a secret. */
    public static final String PRIVATE_KEY = "privateKey";

    private static final int MOST_CHANGES = 3;

    public LoginFields {
        requiredProperties = Set.copyOf(requiredProperties);
        requiredSecrets = Set.copyOf(requiredSecrets);
        optionalSecrets = Set.copyOf(optionalSecrets);
    }

    /** What is missing from the login, and what it has that nothing asks for; in order of the alphabet. */
    List<LoginFault> faultsOf(BrokerLogin login) {
        var faults = new ArrayList<LoginFault>();
        missing("property", requiredProperties, login.propertyNames(), faults);
        missing("secret", requiredSecrets, login.secretNames(), faults);
        var secrets = new TreeSet<>(requiredSecrets);
        secrets.addAll(optionalSecrets);
        unknown("property", login.propertyNames(), requiredProperties, faults);
        unknown("secret", login.secretNames(), secrets, faults);
        return faults;
    }

    private static void missing(String what, Set<String> required, Set<String> given, List<LoginFault> faults) {
        new TreeSet<>(required)
                .stream()
                        .filter(name -> !given.contains(name))
                        .map(name -> new LoginFault(name, "is missing: this broker needs this " + what))
                        .forEach(faults::add);
    }

    private static void unknown(String what, Set<String> given, Set<String> known, List<LoginFault> faults) {
        new TreeSet<>(given)
                .stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> new LoginFault(
                                name,
                                "is no " + what + " that this broker knows"
                                        + NearestName.of(name, known, MOST_CHANGES)
                                                .map(nearest -> "; did you mean " + nearest + "?")
                                                .orElse("")))
                        .forEach(faults::add);
    }
}
