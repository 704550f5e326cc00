package io.bursar.cli.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.cli.output.Format;
import io.bursar.cli.output.Listing;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How a command writes what it shows. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, which is what the API answers, or csv (default: ${DEFAULT-VALUE}).")
    private Format format;

    public Format format() {
        return format;
    }

    /**
     * Writes an answer.
     *
     * @param elements of the answer that are the lines of a table
     */
    public void print(PrintWriter out, JsonNode answer, Iterable<JsonNode> elements, Listing listing) {
        switch (format) {
            case TABLE -> listing.printTable(out, elements);
            case CSV -> listing.printCsv(out, elements);
            case JSON -> out.println(answer.toPrettyString());
        }
        out.flush();
    }
}
