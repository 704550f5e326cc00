package io.bursar.topology.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * Reads a properties file and remembers the line of each entry, which {@link Properties} does not. The grammar is that of
 * {@link Properties#load(java.io.Reader)}; a name that comes twice is a fault.
 */
final class PropertiesFile {
    private final Path file;
    private final List<RawSetting> settings = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> lineOfName = new HashMap<>();

    private PropertiesFile(Path file) {
        this.file = file;
    }

    static SettingsSource.Reading read(Path file) {
        var reader = new PropertiesFile(file);
        try {
            reader.readLines(Files.readAllLines(file));
        } catch (NoSuchFileException missing) {
            reader.faults.add("The settings file %s does not exist.".formatted(file));
        } catch (CharacterCodingException notUtf8) {
            reader.faults.add("The settings file %s is not text in UTF-8.".formatted(file));
        } catch (IOException unreadable) {
            reader.faults.add("The settings file %s cannot be read: %s.".formatted(file, unreadable.getMessage()));
        }
        return new SettingsSource.Reading(reader.settings, reader.faults);
    }

    private void readLines(List<String> lines) {
        var index = 0;
        while (index < lines.size()) {
            var first = index;
            var last = isBlankOrComment(lines.get(first)) ? first : lastLineOfEntry(lines, first);
            readEntry(String.join("\n", lines.subList(first, last + 1)), first + 1);
            index = last + 1;
        }
    }

    private static int lastLineOfEntry(List<String> lines, int first) {
        var last = first;
        while (last < lines.size() - 1 && isContinued(lines.get(last))) {
            last++;
        }
        return last;
    }

    private static boolean isBlankOrComment(String line) {
        var text = line.stripLeading();
        return text.isEmpty() || text.startsWith("#") || text.startsWith("!");
    }

    /** An even number of backslashes at the end are escaped backslashes. */
    private static boolean isContinued(String line) {
        var end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private void readEntry(String entry, int line) {
        var parsed = new Properties();
        try {
            parsed.load(new StringReader(entry));
        } catch (IOException | IllegalArgumentException malformed) {
            faults.add("%s line %d cannot be read: %s".formatted(file, line, malformed.getMessage()));
            return;
        }
        for (var name : parsed.stringPropertyNames()) {
            add(name, parsed.getProperty(name), line);
        }
    }

    private void add(String name, String text, int line) {
        var earlier = lineOfName.putIfAbsent(name, line);
        if (earlier != null) {
            faults.add("%s is set twice in %s, in lines %d and %d.".formatted(name, file, earlier, line));
            return;
        }
        settings.add(new RawSetting(name, text, new Origin(file + " line " + line, UnaryOperator.identity())));
    }
}
