package io.bursar.cli.base;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an id from an argument. */
public class IdConverter implements ITypeConverter<String> {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]+");
    private static final int MAX_LENGTH = 64;

    private final int maxLength;

    /** For ids of 64 characters at most. */
    public IdConverter() {
        this(MAX_LENGTH);
    }

    /** @param maxLength of an id, in characters */
    protected IdConverter(int maxLength) {
        this.maxLength = maxLength;
    }

    @Override
    public final String convert(String text) {
        if (text.length() > maxLength || !ID.matcher(text).matches()) {
            throw new TypeConversionException(
                    "'%s' is no id: ids are 1 to %d characters of A-Z a-z 0-9 . _ : -".formatted(text, maxLength));
        }
        return text;
    }
}
