package io.bursar.cli.api;

import io.bursar.cli.clients.CommandException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** From where the command line knows the API and its key: the environment, a profile, or the running stack. */
public final class ApiSources {
    private static final String URL = "BURSAR_URL";
    private static final String KEY = "BURSAR_API_KEY";

    /** In the data folder of a stack. */
    private static final String KEY_FILE = "api-key";

    private final Map<String, String> environment;
    private final Path dataFolder;

    /**
     * @param environment usually {@link System#getenv()}
     * @param dataFolder of the stack; need not be there
     */
    public ApiSources(Map<String, String> environment, Path dataFolder) {
        this.environment = environment;
        this.dataFolder = dataFolder;
    }

    /**
     * The address of the first source that has one. A key of one source never goes to the URL of another, but for the one in
     * the environment, which the user has set for this call.
     *
     * @param profile that the user has named
     * @param stackUrl the API of the stack that runs on the data folder
     * @throws CommandException when there is none, two contradict each other, or one cannot be used
     */
    public ApiAddress find(Optional<String> profile, Supplier<Optional<String>> stackUrl) {
        var url = variable(URL);
        if (url.isPresent() && profile.isPresent()) {
            throw new CommandException(
                    "Which system? %s names one and --profile=%s another: unset %s, or leave out --profile."
                            .formatted(URL, profile.get(), URL));
        }
        var key = variable(KEY);
        if (url.isPresent()) {
            return ApiAddress.of(url.get(), key, "the environment");
        }
        var found = profile.isPresent()
                ? Profiles.ofUser(environment).find(profile.get())
                : ofStack(stackUrl.get().orElseThrow(this::nothing));
        return key.isEmpty() ? found : ApiAddress.of(found.base().toString(), key, KEY);
    }

    /** Whether nothing names another system than the stack of the data folder. */
    public boolean isStack(Optional<String> profile) {
        return profile.isEmpty() && variable(URL).isEmpty();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private ApiAddress ofStack(String url) {
        var file = dataFolder.resolve(KEY_FILE);
        var key = SecretFile.read(file).map(String::strip).filter(text -> !text.isEmpty());
        return ApiAddress.of(url, key, "the stack on " + dataFolder);
    }

    private CommandException nothing() {
        return new CommandException("No stack runs on " + dataFolder + ": `bursar up` starts one; " + URL
                + " or --profile names another system.");
    }
}
