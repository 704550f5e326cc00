package io.bursar.cli.scenario;

import java.util.List;

/** YAML as it is written: every scalar is text, so that 100.00 stays 100.00 and no number is ever rounded. */
sealed interface YamlNode {
    int line();

    record Text(String text, int line) implements YamlNode {}

    record Items(List<YamlNode> items, int line) implements YamlNode {}

    record Table(List<Field> fields, int line) implements YamlNode {}

    record Field(String name, int line, YamlNode value) {}

    /** The text of a scalar. */
    static String text(YamlNode node, String field) {
        if (node instanceof Text text) {
            return text.text().strip();
        }
        throw Fault.at(node.line(), field + " must be one text, not a list or a table");
    }

    /** The fields of a table. */
    static List<Field> fields(YamlNode node, String field) {
        if (node instanceof Table table) {
            return table.fields();
        }
        throw Fault.at(node.line(), field + " must be a table of names and values");
    }

    /** The items of a list. */
    static List<YamlNode> items(YamlNode node, String field) {
        if (node instanceof Items list) {
            return list.items();
        }
        throw Fault.at(node.line(), field + " must be a list");
    }
}
