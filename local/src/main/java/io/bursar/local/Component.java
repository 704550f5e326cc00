package io.bursar.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to run one part of the stack.
 *
 * @param port the port that its clients use
 * @param command what to execute; the process halts when its standard input ends (see {@link Tethered})
 * @param environment variables that it gets beside those of this process
 * @param health where {@link Health} asks whether it can serve
 * @param startWithin how long it may take until it can serve
 * @param stopWithin how long it may take to end after a SIGTERM before it gets a SIGKILL
 * @param temporary a folder for what its process may forget, emptied at every start
 * @param needs what must have been ready before it starts
 */
record Component(
        ComponentName name,
        int port,
        List<String> command,
        Map<String, String> environment,
        URI health,
        Duration startWithin,
        Duration stopWithin,
        Path temporary,
        List<ComponentName> needs) {
    Component {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        needs = List.copyOf(needs);
    }
}
