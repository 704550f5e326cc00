package io.bursar.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that declare an {@link EmbeddedBroker} parameter one that all of them share: it is started for the first of
 * them, and stopped after the last test of the run. So tests use topics and groups with names of their own, and let it
 * run.
 */
final class SharedBroker implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedBroker.class);

    private record Running(Path folder, EmbeddedBroker broker) implements AutoCloseable {
        static Running start() {
            try {
                var folder = Files.createTempDirectory("shared-broker");
                return new Running(folder, EmbeddedBroker.start(folder));
            } catch (IOException e) {
                throw new UncheckedIOException("the broker of the tests has no folder", e);
            }
        }

        @Override
        public void close() throws IOException {
            broker.close();
            Utils.delete(folder.toFile());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class)
                .broker();
    }
}
