package io.bursar.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A schema as it is published. Generated classes carry a hint for Java ({@code avro.java.string}) in their schemas; with
 * it in the registry, producers in other languages would get another id for the same contract.
 */
public final class SchemaText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaText() {}

    /** The schema's JSON on one line, documentation included, without the hints that only Java understands. */
    public static String of(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            removeJavaHints(tree);
            return new Schema.Parser().parse(JSON.writeValueAsString(tree)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON: " + schema, e);
        }
    }

    private static void removeJavaHints(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
        }
        node.forEach(SchemaText::removeJavaHints);
    }
}
