package io.bursar.topology.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts sources on top of each other and collects what is wrong with them. Used once. */
final class SettingsLoader {
    /** Of the letters of a name, the part that may be wrong before a suggestion would only confuse. */
    private static final int LETTERS_PER_SLIP = 3;

    private final Map<String, RawSetting> given = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    /** Later sources win. What an earlier source says wrongly is a fault even if a later one says it rightly. */
    Settings load(Collection<SettingsSource> sources) {
        for (var source : sources) {
            var reading = source.read();
            faults.addAll(reading.faults());
            reading.settings().forEach(this::add);
        }
        var settings = new Settings(given);
        faults.addAll(SettingsRules.check(settings));
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return settings;
    }

    private void add(RawSetting setting) {
        var definition = Settings.definition(setting.name());
        if (definition.isPresent()) {
            addOwn(definition.get(), setting);
        } else if (KafkaClients.isPassedThrough(setting.name())) {
            addForKafka(setting);
        } else {
            faults.add(unknown(setting, suggestion(setting.name())));
        }
    }

    private void addOwn(Setting<?> definition, RawSetting setting) {
        // Blanks around a value are slips, in a password they may be part of it.
        var cleaned =
                definition.secret() ? setting : setting.withText(setting.text().strip());
        if (definition.parse(cleaned.text()).isEmpty()) {
            faults.add("%s, but must be %s."
                    .formatted(isGiven(cleaned), definition.type().rule()));
            return;
        }
        given.put(cleaned.name(), cleaned);
    }

    private void addForKafka(RawSetting setting) {
        var refusal = KafkaRefusals.reason(setting.name());
        var meant = KafkaClients.probablyMeant(setting.name());
        var objection = KafkaClients.objection(setting.name(), setting.text());
        if (refusal.isPresent()) {
            faults.add("%s (%s) is refused: %s."
                    .formatted(setting.spelledName(), setting.origin().description(), refusal.get()));
        } else if (meant.isPresent()) {
            faults.add(unknown(setting, meant));
        } else if (objection.isPresent()) {
            faults.add("%s, which Kafka refuses: %s".formatted(isGiven(setting), objection.get()));
        } else {
            given.put(setting.name(), setting);
        }
    }

    private static Optional<String> suggestion(String name) {
        if (KafkaClients.isKnown(name)) {
            return Optional.of(KafkaClients.PREFIX + name);
        }
        var names = Settings.definitions().stream().map(Setting::name).collect(Collectors.toSet());
        return NearestName.of(name, names, Math.max(2, name.length() / LETTERS_PER_SLIP));
    }

    private static String unknown(RawSetting setting, Optional<String> suggestion) {
        var hint = suggestion
                .map(name -> "did you mean \"%s\"?"
                        .formatted(setting.origin().spelling().apply(name)))
                .orElse("docs/settings.md lists all there are.");
        return "Unknown setting \"%s\" (%s): %s"
                .formatted(setting.spelledName(), setting.origin().description(), hint);
    }

    private static String isGiven(RawSetting setting) {
        return "%s is \"%s\" (%s)"
                .formatted(
                        setting.spelledName(),
                        Secrets.shown(setting),
                        setting.origin().description());
    }
}
