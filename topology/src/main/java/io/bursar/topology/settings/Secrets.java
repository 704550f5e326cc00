package io.bursar.topology.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps secrets out of logs and messages. */
final class Secrets {
    private static final String MASK = "****";
    private static final Pattern USER_INFO_OF_URL = Pattern.compile("://[^,\\s]*@");

    /** Also catches the settings of plug-ins, whose definitions nobody here knows. */
    private static final Pattern NAME_OF_SECRET =
            Pattern.compile("password|secret|jaas|token|credential|user\\.info|private|\\.key$");

    private Secrets() {}

    /** The text as it may be shown. */
    static String shown(RawSetting setting) {
        var secret = Settings.definition(setting.name())
                .map(Setting::secret)
                .or(() -> KafkaClients.isSecret(setting.name()))
                .orElseGet(() -> isNamedLikeSecret(setting.name()));
        return secret && !setting.text().isEmpty() ? MASK : shownUrl(setting.text());
    }

    private static boolean isNamedLikeSecret(String name) {
        return NAME_OF_SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    private static String shownUrl(String text) {
        return USER_INFO_OF_URL.matcher(text).replaceAll("://" + MASK + "@");
    }
}
