package io.bursar.cli.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.schemas.serde.AvroSafety;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.SchemasById;
import io.bursar.schemas.serde.UnknownSchemaException;
import io.bursar.schemas.serde.WireFormat;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

/** The value of a record for people: as JSON where its schema tells how, else as hexadecimal digits. */
final class ValueText {
    static {
        AvroSafety.apply();
    }

    private static final int BYTES_PER_LINE = 32;

    /** More is of no use on a screen. */
    private static final int MOST_BYTES = 4 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ValueText() {}

    /** Amounts and instants are whole numbers as in the record: units of the asset, microseconds since 1970. */
    static String of(byte[] value, SchemasById schemas) {
        if (value == null) {
            return "(none)";
        }
        int id = WireFormat.schemaId(value);
        if (id < 0) {
            return "(not in the wire format)\n" + hex(value);
        }
        try {
            var schema = schemas.schema(id);
            return "%s, schema %d%n%s".formatted(schema.getFullName(), id, json(value, schema));
        } catch (UnknownSchemaException | RegistryUnavailableException e) {
            return "(%s)%n%s".formatted(e.getMessage(), hex(value));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro has no common exception for bad bytes.
            return "(does not follow its schema %d: %s)%n%s".formatted(id, e, hex(value));
        }
    }

    private static String json(byte[] value, Schema schema) throws IOException {
        var decoder = DecoderFactory.get()
                .binaryDecoder(value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
        var text = new GenericDatumReader<>(schema).read(null, decoder).toString();
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left over after the record");
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
        } catch (JsonProcessingException noObject) {
            return text;
        }
    }

    private static String hex(byte[] value) {
        var lines = new StringBuilder();
        int shown = Math.min(value.length, MOST_BYTES);
        for (int from = 0; from < shown; from += BYTES_PER_LINE) {
            lines.append(HexFormat.ofDelimiter(" ").formatHex(value, from, Math.min(shown, from + BYTES_PER_LINE)))
                    .append(System.lineSeparator());
        }
        if (shown < value.length) {
            lines.append("… and %,d more bytes".formatted(value.length - shown));
        }
        return lines.toString().stripTrailing();
    }
}
