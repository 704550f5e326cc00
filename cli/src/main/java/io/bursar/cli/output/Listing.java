package io.bursar.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Elements of JSON as lines with columns. */
public final class Listing {
    private static final String GAP = "  ";
    private static final String ABSENT = "-";

    /** RFC 4180 ends lines so. */
    private static final String CSV_END = "\r\n";

    private final List<Column> columns;

    public Listing(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Writes aligned columns, with their names above them. */
    public void printTable(PrintWriter out, Iterable<JsonNode> elements) {
        var lines = new ArrayList<List<String>>();
        lines.add(titles());
        elements.forEach(element -> lines.add(cellsOf(element)));
        var widths = new int[columns.size()];
        lines.forEach(line -> widen(widths, line));
        lines.forEach(line -> out.println(aligned(line, widths)));
    }

    /** Writes CSV, with the columns' paths in a first line. */
    public void printCsv(PrintWriter out, Iterable<JsonNode> elements) {
        printCsvHeader(out);
        elements.forEach(element -> printCsvLine(out, valuesOf(element)));
    }

    /**
     * Writes elements while they come, each as a line: JSON without what is around it. Of a table, columns become wider when
     * something does not fit.
     */
    public Consumer<JsonNode> printer(PrintWriter out, Format format) {
        return switch (format) {
            case TABLE -> tablePrinter(out);
            case CSV -> {
                printCsvHeader(out);
                yield element -> printCsvLine(out, valuesOf(element));
            }
            case JSON -> out::println;
        };
    }

    private Consumer<JsonNode> tablePrinter(PrintWriter out) {
        var widths = new int[columns.size()];
        widen(widths, titles());
        var isFirst = new AtomicBoolean(true);
        return element -> {
            var cells = cellsOf(element);
            widen(widths, cells);
            if (isFirst.getAndSet(false)) {
                out.println(aligned(titles(), widths));
            }
            out.println(aligned(cells, widths));
        };
    }

    private List<String> titles() {
        return columns.stream().map(Column::title).toList();
    }

    private List<String> cellsOf(JsonNode element) {
        return valuesOf(element).stream().map(Listing::cell).toList();
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], length(cells.get(column)));
        }
    }

    private void printCsvHeader(PrintWriter out) {
        printCsvLine(out, columns.stream().map(Column::path).toList());
    }

    private String aligned(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> {
                    var cell = cells.get(column);
                    var space = " ".repeat(widths[column] - length(cell));
                    return columns.get(column).isNumber() ? space + cell : cell + space;
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private List<String> valuesOf(JsonNode element) {
        return columns.stream().map(column -> column.of(element)).toList();
    }

    private static String cell(String value) {
        return value.isEmpty() ? ABSENT : Printable.of(value);
    }

    private static void printCsvLine(PrintWriter out, List<String> values) {
        out.print(values.stream().map(Listing::quoted).collect(Collectors.joining(",", "", CSV_END)));
    }

    private static String quoted(String value) {
        boolean needsQuotes = value.chars().anyMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return needsQuotes ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
