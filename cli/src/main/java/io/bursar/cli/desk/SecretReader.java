package io.bursar.cli.desk;

import io.bursar.cli.api.SecretFile;
import io.bursar.cli.clients.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ParameterException;

/** Reads the secrets of one command. A line break at the end of one is no part of it. For one thread only. */
final class SecretReader {
    private final Function<String, ParameterException> usage;
    private boolean hasReadStandardInput;

    /** @param usage makes the failure of a command line that cannot be followed */
    SecretReader(Function<String, ParameterException> usage) {
        this.usage = usage;
    }

    /** By name; null for none, as if no option had been given. */
    Map<String, String> read(Collection<SecretSource.Named> sources) {
        if (sources == null) {
            return null;
        }
        var secrets = new LinkedHashMap<String, String>();
        for (var named : sources) {
            if (secrets.put(named.name(), read(named.source())) != null) {
                throw usage.apply("the secret " + named.name() + " is given twice");
            }
        }
        return secrets;
    }

    /**
     * One of them; null for none.
     *
     * @throws ParameterException when two are to come from standard input
     * @throws CommandException when the file is not there, others than its owner may use it, or it cannot be read
     */
    String read(SecretSource source) {
        if (source == null) {
            return null;
        }
        var text = source.file().isPresent() ? ofFile(source.file().get()) : ofStandardInput();
        return text.replaceFirst("\\r?\\n$", "");
    }

    private static String ofFile(Path file) {
        return SecretFile.read(file).orElseThrow(() -> new CommandException("There is no file " + file + "."));
    }

    private String ofStandardInput() {
        if (hasReadStandardInput) {
            throw usage.apply("only one secret can come from standard input: the others come from files");
        }
        hasReadStandardInput = true;
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the secret cannot be read from standard input", e);
        }
    }
}
