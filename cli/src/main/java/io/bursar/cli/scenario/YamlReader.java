package io.bursar.cli.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;

/** Reads one YAML document into {@link YamlNode}s. */
final class YamlReader {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final YAMLParser parser;

    private YamlReader(YAMLParser parser) {
        this.parser = parser;
    }

    /** @throws Fault when the text is no YAML, or uses parts of YAML that scenarios have no use for */
    static YamlNode read(String yaml) {
        try (var parser = YAML.createParser(yaml)) {
            var reader = new YamlReader(parser);
            if (parser.nextToken() == null) {
                throw Fault.at(1, "the file is empty");
            }
            var root = reader.node();
            if (parser.nextToken() != null) {
                throw Fault.at(reader.line(), "a file holds one scenario, not several YAML documents");
            }
            return root;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw Fault.at(
                    line,
                    "this is not YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
    }

    private YamlNode node() throws IOException {
        if (parser.isCurrentAlias()) {
            throw Fault.at(line(), "aliases (*" + parser.getText() + ") are not allowed: write it out");
        }
        int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> table(line);
            case START_ARRAY -> items(line);
            default -> new YamlNode.Text(parser.getText(), line);
        };
    }

    private YamlNode table(int line) throws IOException {
        var fields = new ArrayList<YamlNode.Field>();
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            int nameLine = line();
            if (!names.add(name)) {
                throw Fault.at(nameLine, "\"" + name + "\" is given twice");
            }
            parser.nextToken();
            fields.add(new YamlNode.Field(name, nameLine, node()));
        }
        return new YamlNode.Table(fields, line);
    }

    private YamlNode items(int line) throws IOException {
        var items = new ArrayList<YamlNode>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new YamlNode.Items(items, line);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
