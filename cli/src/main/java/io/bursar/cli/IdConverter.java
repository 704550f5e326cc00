package io.bursar.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an id from an argument. */
final class IdConverter implements ITypeConverter<String> {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    @Override
    public String convert(String text) {
        if (!ID.matcher(text).matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no id: ids are 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        }
        return text;
    }
}
