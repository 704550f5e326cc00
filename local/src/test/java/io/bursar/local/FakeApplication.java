package io.bursar.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.List;

/**
 * Stands for whatever a component runs: answers 200 on {@code /ready} of the port given as the first argument, and ends
 * with status 7 on {@code /die}. Asked to end, it says that it does.
 */
public final class FakeApplication {
    private FakeApplication() {}

    /** @param args the port, then any of {@code dies-at-once}, {@code never-ready}, {@code ignores-sigterm} */
    public static void main(String[] args) throws IOException {
        var flaws = List.of(args);
        System.out.println("starting with " + flaws);
        if (flaws.contains("dies-at-once")) {
            Runtime.getRuntime().halt(7);
        }
        var ignoresSigterm = flaws.contains("ignores-sigterm");
        Runtime.getRuntime().addShutdownHook(new Thread(ignoresSigterm ? FakeApplication::hang : FakeApplication::end));
        var server = HttpServer.create(Loopback.address(Integer.parseInt(args[0])), 0);
        var status = flaws.contains("never-ready") ? 503 : 200;
        server.createContext("/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/die", exchange -> Runtime.getRuntime().halt(7));
        server.start();
    }

    private static void end() {
        System.out.println("ended in order");
    }

    private static void hang() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
