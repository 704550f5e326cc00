package io.bursar.cli.demo.lobster;

import io.bursar.cli.clients.CommandException;
import io.bursar.schemas.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A message file in LOBSTER's format: one message per line, {@code seconds after midnight, type, order id, size, price,
 * direction}, without a header.
 */
public final class LobsterFile {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,12})?");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    // Together they are so small that a notional fits in 64 bits.
    private static final long LARGEST_SIZE = 100_000_000;
    private static final long HIGHEST_PRICE = 10_000_000_000L;

    private static final Pattern TICKER = Pattern.compile("^[A-Za-z]{1,8}");
    private static final int FIELDS = 6;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Path path;
    private final List<LobsterMessage> messages;

    private LobsterFile(Path path, List<LobsterMessage> messages) {
        this.path = path;
        this.messages = messages;
    }

    /**
     * Reads the whole file into memory.
     *
     * @throws CommandException for the first line that breaks the format, or when the file cannot be read or is empty
     */
    public static LobsterFile read(Path path) {
        var messages = new ArrayList<LobsterMessage>();
        // A byte that is no text becomes a replacement character, which no field allows.
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            long before = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var message = new Line(path, messages.size() + 1, line).parse(before);
                before = message.micros();
                messages.add(message);
            }
        } catch (NoSuchFileException e) {
            throw new CommandException("The file " + path + " does not exist.", e);
        } catch (IOException e) {
            throw new CommandException("The file " + path + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (messages.isEmpty()) {
            throw new CommandException("The file " + path + " holds no message.");
        }
        return new LobsterFile(path, messages);
    }

    Path path() {
        return path;
    }

    List<LobsterMessage> messages() {
        return messages;
    }

    /** The letters that the file's name begins with, as LOBSTER names its files; STOCK when it begins otherwise. */
    String ticker() {
        var matcher = TICKER.matcher(path.getFileName().toString());
        return matcher.find() ? matcher.group().toUpperCase(Locale.ROOT) : "STOCK";
    }

    /** One line while it is read. */
    private record Line(Path path, int number, String text) {

        LobsterMessage parse(long earliestMicros) {
            var fields = text.split(",", -1);
            if (fields.length != FIELDS) {
                throw bad(
                        "the number of fields",
                        Integer.toString(fields.length),
                        "6: time, type, order id, size, price, direction");
            }
            long micros = time(fields[0], earliestMicros);
            var type =
                    LobsterType.of(fields[1]).orElseThrow(() -> bad("type", fields[1], "a whole number from 1 to 7"));
            if (!type.isOfOneOrder()) {
                return new LobsterMessage(number, micros, type, 0, 0, 0, Side.BUY);
            }
            return new LobsterMessage(
                    number,
                    micros,
                    type,
                    wholeNumber("order id", fields[2], type == LobsterType.HIDDEN_EXECUTION ? 0 : 1, Long.MAX_VALUE),
                    wholeNumber("size", fields[3], 1, LARGEST_SIZE),
                    wholeNumber("price", fields[4], 1, HIGHEST_PRICE),
                    side(fields[5]));
        }

        private long time(String field, long earliestMicros) {
            if (!SECONDS.matcher(field).matches()) {
                throw bad("time", field, "seconds after midnight, such as 34200.004241176");
            }
            long micros = new BigDecimal(field)
                    .movePointRight(6)
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact();
            if (micros >= MICROS_PER_DAY) {
                throw bad("time", field, "less than 86400, the seconds of a day");
            }
            if (micros < earliestMicros) {
                throw bad("time", field, "no earlier than the time of the line before");
            }
            return micros;
        }

        private long wholeNumber(String name, String field, long least, long most) {
            if (!WHOLE_NUMBER.matcher(field).matches()) {
                throw bad(name, field, "a whole number of at most 18 digits");
            }
            long value = Long.parseLong(field);
            if (value < least || value > most) {
                throw bad(name, field, most == Long.MAX_VALUE ? "at least " + least : "from " + least + " to " + most);
            }
            return value;
        }

        private Side side(String field) {
            return switch (field) {
                case "1" -> Side.BUY;
                case "-1" -> Side.SELL;
                default -> throw bad("direction", field, "1 (buy) or -1 (sell)");
            };
        }

        private CommandException bad(String field, String value, String rule) {
            return BadLine.of(path, number, field, value, rule);
        }
    }
}
