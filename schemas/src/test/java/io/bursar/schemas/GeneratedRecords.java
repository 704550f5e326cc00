package io.bursar.schemas;

import io.bursar.schemas.serde.WireRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All record classes of this module, found where the compiler puts them, so that none is forgotten. */
public final class GeneratedRecords {
    private static final Path CLASSES = Path.of("target/classes");

    private GeneratedRecords() {}

    public static List<Class<? extends WireRecord>> all() throws IOException {
        try (var files = Files.walk(CLASSES.resolve("io/bursar/schemas"))) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("package-info"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .<Class<?>>map(GeneratedRecords::load)
                    .filter(type -> WireRecord.class.isAssignableFrom(type) && type != WireRecord.class)
                    .<Class<? extends WireRecord>>map(type -> type.asSubclass(WireRecord.class))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, GeneratedRecords.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
