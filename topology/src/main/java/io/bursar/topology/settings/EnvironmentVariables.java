package io.bursar.topology.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The part of the environment that speaks to Bursar. */
final class EnvironmentVariables {
    /** Variables that the launcher and commands read; they are no settings. By name, with their meaning. */
    static final Map<String, String> OF_THE_COMMAND_LINE = Map.of(
            "BURSAR_API_KEY",
            "the [API key](operations.md#api-keys) that commands send to the HTTP API; for the local stack its own is known",
            "BURSAR_HOME",
            "the folder that Bursar is installed in",
            "BURSAR_JAVA_HOME",
            "the JDK that Bursar runs on",
            "BURSAR_JAVA_OPTS",
            "options for the JVM",
            "BURSAR_URL",
            "where [commands](operations.md#command-line) find the HTTP API, such as `https://bursar:8080`");

    private static final String PREFIX = "BURSAR_";

    /** Master keys of the vault, which are no settings: a setting may be shown. */
    private static final Predicate<String> IS_VAULT_KEY =
            Pattern.compile("BURSAR_VAULT_KEY_[0-9]+").asMatchPredicate();

    /**
     * What Kubernetes puts into every pod for a service whose name begins with "bursar". Without this exception such a
     * service would keep Bursar from starting.
     */
    private static final Predicate<String> IS_SERVICE_LINK = Pattern.compile(
                    "BURSAR_(.+_)?(SERVICE_(HOST|PORT)(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)")
            .asMatchPredicate();

    /** What such a variable has for a value where its name could also be a setting's; no setting's value begins so. */
    private static final Predicate<String> IS_URL_OF_SERVICE =
            Pattern.compile("(tcp|udp|sctp)://.*").asMatchPredicate();

    private static final Origin ORIGIN = new Origin("environment variable", EnvironmentVariables::variableOf);

    private EnvironmentVariables() {}

    static List<RawSetting> read(Map<String, String> variables) {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .filter(variable -> isMeantAsSetting(variable.getKey(), variable.getValue()))
                        .map(variable -> new RawSetting(nameOf(variable.getKey()), variable.getValue(), ORIGIN))
                        .toList();
    }

    static String variableOf(String settingName) {
        return PREFIX + settingName.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static String nameOf(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static boolean isMeantAsSetting(String variable, String value) {
        if (!variable.startsWith(PREFIX) || OF_THE_COMMAND_LINE.containsKey(variable) || IS_VAULT_KEY.test(variable)) {
            return false;
        }
        if (!IS_SERVICE_LINK.test(variable)) {
            return true;
        }
        return Settings.definition(nameOf(variable)).isPresent() && !IS_URL_OF_SERVICE.test(value);
    }
}
