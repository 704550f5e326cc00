package io.bursar.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Finds what must stay secret in texts: as it is, in base64, in hex and as a list of bytes, and each in part. */
final class Leaks {
    private static final int PART = 6;

    private final List<String> forms = new ArrayList<>();

    Leaks(byte[]... secrets) {
        for (byte[] secret : secrets) {
            forms.add(new String(secret, StandardCharsets.ISO_8859_1));
            forms.add(Base64.getEncoder().encodeToString(secret));
            forms.add(HexFormat.of().formatHex(secret));
            forms.add(Arrays.toString(secret).replaceAll("[\\[\\]]", ""));
        }
    }

    void assertNoneIn(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        assertNoneIn(text.toString());
    }

    void assertNoneIn(List<?> objects) {
        objects.forEach(object -> assertNoneIn(object.toString()));
    }

    void assertNoneIn(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        for (var form : forms) {
            for (int from = 0; from + PART <= form.length(); from++) {
                assertThat(lower)
                        .doesNotContain(form.substring(from, from + PART).toLowerCase(Locale.ROOT));
            }
        }
    }
}
