package io.bursar.local;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** The programs of PostgreSQL that come with the stack. */
public final class PostgresPrograms {
    private PostgresPrograms() {}

    /**
     * Those for this machine, packed. They are the only ones on the class path; the library's own way to find them is not
     * content when they are on it twice.
     *
     * @param system such as {@code Linux}
     * @throws IllegalStateException when there are none for that system
     */
    public static InputStream of(String system) {
        for (var hardware : List.of("x86_64", "arm_64")) {
            var name = "/postgres-" + system.toLowerCase(Locale.ROOT) + "-" + hardware + ".txz";
            var programs = PostgresPrograms.class.getResourceAsStream(name);
            if (programs != null) {
                return programs;
            }
        }
        throw new IllegalStateException("There is no PostgreSQL for " + system + " on the class path");
    }
}
