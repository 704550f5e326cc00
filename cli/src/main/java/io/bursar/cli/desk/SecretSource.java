package io.bursar.cli.desk;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a secret is. An argument says so, and never has the secret itself.
 *
 * @param file empty: standard input
 */
record SecretSource(Optional<Path> file) {
    /** For descriptions of options. */
    static final String LABEL = "@FILE|-";

    private static final String RULE =
            "never the secret itself: other users of this machine can read arguments, and shells remember them";

    /** Of an option whose name says which secret it is. */
    static final class Converter implements ITypeConverter<SecretSource> {
        @Override
        public SecretSource convert(String text) {
            return of(text).orElseThrow(
                            () -> new TypeConversionException("it takes @FILE, or - for standard input, but " + RULE));
        }
    }

    /** A secret with its name. */
    record Named(String name, SecretSource source) {}

    /** Of an option that is given once for each secret. */
    static final class NamedConverter implements ITypeConverter<Named> {
        @Override
        public Named convert(String text) {
            int end = Math.max(0, text.indexOf('='));
            return of(text.substring(Math.min(end + 1, text.length())))
                    .filter(source -> end > 0)
                    .map(source -> new Named(text.substring(0, end), source))
                    .orElseThrow(() -> new TypeConversionException(
                            "it takes NAME=@FILE, or NAME=- for standard input, but " + RULE));
        }
    }

    private static Optional<SecretSource> of(String text) {
        if (text.equals("-")) {
            return Optional.of(new SecretSource(Optional.empty()));
        }
        return text.length() > 1 && text.startsWith("@")
                ? Optional.of(new SecretSource(Optional.of(Path.of(text.substring(1)))))
                : Optional.empty();
    }
}
