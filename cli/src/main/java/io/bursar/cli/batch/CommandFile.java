package io.bursar.cli.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.output.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The commands of a file, which is a JSON array of them or has one after the other, as NDJSON does. It is read as far as they
 * are asked for. For one thread only.
 */
public final class CommandFile implements AutoCloseable {
    private static final Path STANDARD_INPUT = Path.of("-");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final JsonParser parser;
    private boolean isArray;
    private long count;

    private CommandFile(String name, InputStream stream) throws IOException {
        this.name = name;
        parser = JSON.createParser(stream);
    }

    /**
     * Opens a file.
     *
     * @param file {@code -} is standard input
     * @throws CommandException when it is not there or cannot be read
     */
    public static CommandFile open(Path file) {
        try {
            return file.equals(STANDARD_INPUT)
                    ? new CommandFile("standard input", System.in)
                    : new CommandFile(file.toString(), Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new CommandException("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw new CommandException("%s cannot be read: %s.".formatted(file, e), e);
        }
    }

    /**
     * The next command; empty at the end of the file.
     *
     * @throws UnusableFileException when what comes next is none
     */
    Optional<FileCommand> next() {
        try {
            if (!findNext()) {
                return Optional.empty();
            }
            int line = parser.currentTokenLocation().getLineNr();
            JsonNode json = JSON.readTree(parser);
            count++;
            return Optional.of(new FileCommand(count, line, json));
        } catch (JsonProcessingException e) {
            throw new UnusableFileException(
                    count + 1,
                    "Command %d of %s cannot be read: in line %d, column %d, its JSON does not go on: %s."
                            .formatted(
                                    count + 1,
                                    name,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    Printable.of(e.getOriginalMessage())),
                    e);
        } catch (IOException e) {
            throw new UnusableFileException(
                    count + 1, "Command %d of %s cannot be read: %s.".formatted(count + 1, name, e), e);
        }
    }

    /** Whether there is one. */
    private boolean findNext() throws IOException {
        var token = parser.nextToken();
        if (token == JsonToken.START_ARRAY && count == 0 && !isArray) {
            isArray = true;
            token = parser.nextToken();
        }
        if (token == JsonToken.END_ARRAY && parser.nextToken() != null) {
            throw new UnusableFileException(
                    count + 1,
                    "%s goes on behind its array, in line %d."
                            .formatted(name, parser.currentTokenLocation().getLineNr()));
        }
        return token != null && token != JsonToken.END_ARRAY;
    }

    /** How many were given so far. */
    long count() {
        return count;
    }

    /** What people call it. */
    String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be closed", e);
        }
    }
}
