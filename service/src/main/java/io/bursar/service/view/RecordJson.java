package io.bursar.service.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.schemas.Hash;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of the contracts as JSON, as the tables of the journal have them: amounts are counts of units, instants ISO
 * 8601, what is absent is left out, and a field of several possible records has the record's name around it.
 */
final class RecordJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordJson() {}

    static ObjectNode of(SpecificRecord content) {
        var node = NODES.objectNode();
        for (var field : content.getSchema().getFields()) {
            var value = content.get(field.pos());
            if (value != null) {
                node.set(
                        field.name(),
                        isOfSeveralRecords(field.schema()) ? named((SpecificRecord) value) : value(value));
            }
        }
        return node;
    }

    private static ObjectNode named(SpecificRecord content) {
        return NODES.objectNode().set(content.getSchema().getName(), of(content));
    }

    private static JsonNode value(Object value) {
        return switch (value) {
            case SpecificRecord content -> of(content);
            case List<?> items ->
                NODES.arrayNode().addAll(items.stream().map(RecordJson::value).toList());
            case Hash hash -> NODES.textNode(HexFormat.of().formatHex(hash.bytes()));
            case Instant instant -> NODES.textNode(instant.toString());
            case Enum<?> symbol -> NODES.textNode(symbol.name());
            case CharSequence text -> NODES.textNode(text.toString());
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number.longValue());
            case Long number -> NODES.numberNode(number.longValue());
            default -> throw new IllegalArgumentException("no JSON for a field of " + value.getClass());
        };
    }

    private static boolean isOfSeveralRecords(Schema schema) {
        return schema.isUnion()
                && schema.getTypes().stream()
                                .filter(branch -> branch.getType() == Schema.Type.RECORD)
                                .count()
                        > 1;
    }
}
