package io.bursar.brokers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a document of sections with fields of text, and collects what is wrong with it. */
final class BrokersYaml {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final int MOST_CHANGES = 3;

    private final String file;
    private final YAMLParser parser;
    private final List<String> faults;

    private BrokersYaml(String file, YAMLParser parser, List<String> faults) {
        this.file = file;
        this.parser = parser;
        this.faults = faults;
    }

    /** The sections of a document without faults in its form; a fault in that is the only one, and the sections are none. */
    static List<Section> read(String file, String yaml, List<String> faults) {
        try (var parser = YAML.createParser(yaml)) {
            return new BrokersYaml(file, parser, faults).sections();
        } catch (FormException e) {
            faults.add(e.getMessage());
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            faults.add(at(file, line)
                    + "this is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
        return List.of();
    }

    private List<Section> sections() throws IOException, FormException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new FormException(at(file, 1) + "the file must list brokers by id, such as \"tiger: {kind: tiger}\"");
        }
        var sections = new ArrayList<Section>();
        var ids = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var id = parser.currentName();
            var line = line();
            if (!ids.add(id)) {
                throw new FormException(at(file, line) + id + " is given twice");
            }
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new FormException(at(file, line) + id + " must be followed by its fields");
            }
            sections.add(new Section(file, id, line, fields(id), faults));
        }
        if (parser.nextToken() != null) {
            throw new FormException(at(file, line()) + "a file is one YAML document, not several");
        }
        return sections;
    }

    private Map<String, Field> fields(String id) throws IOException, FormException {
        var fields = new LinkedHashMap<String, Field>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var line = line();
            parser.nextToken();
            if (parser.isCurrentAlias() || !parser.currentToken().isScalarValue()) {
                throw new FormException(at(file, line) + id + "." + name + " must be one value, written out");
            }
            if (fields.put(name, new Field(parser.getText(), line)) != null) {
                throw new FormException(at(file, line) + id + "." + name + " is given twice");
            }
        }
        return fields;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String at(String file, int line) {
        return file + ":" + line + ": ";
    }

    private static final class FormException extends Exception {
        FormException(String message) {
            super(message);
        }
    }

    private record Field(String value, int line) {}

    /** The fields of one broker. What is read of it counts as known. */
    static final class Section {
        private final String file;
        private final String id;
        private final int line;
        private final Map<String, Field> fields;
        private final List<String> faults;
        private final Set<String> known = new TreeSet<>();

        private Section(String file, String id, int line, Map<String, Field> fields, List<String> faults) {
            this.file = file;
            this.id = id;
            this.line = line;
            this.fields = fields;
            this.faults = faults;
        }

        String id() {
            return id;
        }

        boolean has(String name) {
            return fields.containsKey(name);
        }

        /** The broker as a whole is wrong. */
        void fault(String rule) {
            faults.add(at(file, line) + id + " " + rule);
        }

        /** Null when the field is not there, or empty and so among the faults. */
        String text(String name) {
            known.add(name);
            var field = fields.get(name);
            if (field == null) {
                return null;
            }
            if (field.value().isBlank()) {
                fault(name, field, "must not be empty: leave it out");
                return null;
            }
            return field.value();
        }

        /** Null when the field is not there, or breaks the rule that {@code parse} throws, and so is among the faults. */
        <T> T parsed(String name, Function<String, T> parse) {
            var text = text(name);
            if (text == null) {
                return null;
            }
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                fault(name, fields.get(name), e.getMessage());
                return null;
            }
        }

        /** From 1 to {@code most}. */
        int whole(String name, int otherwise, int most) {
            var number = parsed(name, text -> {
                if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
                    throw new IllegalArgumentException("must be a whole number from 1 to " + most);
                }
                return Integer.valueOf(text);
            });
            return number == null ? otherwise : number;
        }

        /** @param otherwise null when the field has to be there */
        String oneOf(String name, String otherwise, String... allowed) {
            var choices = String.join(", ", allowed);
            var text = parsed(name, value -> {
                if (!List.of(allowed).contains(value)) {
                    throw new IllegalArgumentException("must be one of " + choices);
                }
                return value;
            });
            if (!has(name) && otherwise == null) {
                fault("must have " + name + ", one of " + choices);
            }
            return text == null ? otherwise : text;
        }

        /**
         * To be called when everything that there can be has been read; not for a kind that there is not. The value is not told:
         * it may be a secret that has strayed into the file.
         */
        void refuseUnknown() {
            fields.forEach((name, field) -> {
                if (!known.contains(name)) {
                    faults.add(at(file, field.line()) + id + "." + name + " is no field of this kind of broker"
                            + NearestName.of(name, known, MOST_CHANGES)
                                    .map(nearest -> "; did you mean " + nearest + "?")
                                    .orElse("; there are " + String.join(", ", known)));
                }
            });
        }

        /** A password in a URL is not told. */
        private void fault(String name, Field field, String rule) {
            var value = field.value().replaceAll("//[^/]*@", "//...@");
            faults.add(at(file, field.line()) + id + "." + name + " \"" + value + "\" " + rule);
        }
    }
}
