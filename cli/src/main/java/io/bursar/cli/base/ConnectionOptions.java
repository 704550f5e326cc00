package io.bursar.cli.base;

import io.bursar.cli.api.ApiAddress;
import io.bursar.cli.api.ApiClient;
import io.bursar.cli.api.ApiSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose HTTP API a command is about. */
public final class ConnectionOptions {
    private final Map<String, String> environment;

    @Mixin
    private DataFolderOption data;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The system that ~/.config/bursar/profiles.properties has under this name, in NAME.url and"
                    + " NAME.key. Without it: the one that BURSAR_URL names, else the stack that `bursar up` started."
                    + " BURSAR_API_KEY wins over the key that belongs to the place of the URL.")
    private String profile;

    private ConnectionOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Makes these options, and everything else as picocli does by default. */
    public static IFactory factory(Map<String, String> environment) {
        var others = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == ConnectionOptions.class
                        ? type.cast(new ConnectionOptions(environment))
                        : others.create(type);
            }
        };
    }

    /** @throws io.bursar.cli.clients.CommandException when nothing says where the API is */
    public ApiClient client() {
        return new ApiClient(address());
    }

    /** The master keys of the stack that the command is about; empty when it is about another system or has no such file. */
    public Optional<Path> stackVaultKeyFile() {
        return sources().isStack(Optional.ofNullable(profile))
                ? Optional.of(data.client().vaultKeyFile()).filter(Files::exists)
                : Optional.empty();
    }

    private ApiAddress address() {
        return sources()
                .find(
                        Optional.ofNullable(profile),
                        () -> data.client().running().map(stack -> stack.httpUrl()));
    }

    private ApiSources sources() {
        return new ApiSources(environment, data.folder());
    }
}
