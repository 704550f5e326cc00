package io.bursar.service.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.RewrapSecrets;
import io.bursar.schemas.SealedSecret;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Json;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.vault.MasterKeyException;
import io.bursar.vault.SealException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/**
 * What is sealed under which master key, and the exchange of the keys' wrapping. Each request does a part, so that whoever
 * asks can show how far it is and go on after any interruption: what is left is what lies under older keys.
 */
final class VaultRoutes {
    private static final String VAULT = "/api/v1/vault";
    private static final int MOST_AT_ONCE = 1_000;
    private static final int DEFAULT_AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DeskCommands commands;
    private final Secrets secrets;

    VaultRoutes(DeskCommands commands, Secrets secrets) {
        this.commands = commands;
        this.secrets = secrets;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(routes, VAULT, Access.ADMIN_READ, this::show);
        Routes.send(routes, HandlerType.POST, VAULT + "/rewrap", Access.ADMIN_WRITE, this::rewrap);
        Routes.send(routes, HandlerType.POST, VAULT + "/check", Access.ADMIN_WRITE, this::check);
    }

    /** @param secretsByKeyVersion how many sealed secrets there are under each version of the master key */
    private record State(int newestKeyVersion, int secrets, Map<Integer, Integer> secretsByKeyVersion) {}

    private void show(Context context) {
        Json.answer(context, state());
    }

    private State state() {
        Map<Integer, Integer> byVersion = new TreeMap<>();
        accounts()
                .forEach(account -> Secrets.all(account)
                        .forEach(secret -> byVersion.merge(secret.getKeyVersion(), 1, Integer::sum)));
        int all = byVersion.values().stream().mapToInt(Integer::intValue).sum();
        return new State(secrets.newestKeyVersion(), all, byVersion);
    }

    /**
     * @param rewrapped accounts whose secrets were wrapped anew by this request
     * @param left accounts that have secrets under older keys
     */
    private record Rewrapped(int rewrapped, int left, List<Fault> faults, State vault) {}

    /** A secret that does not open. */
    private record Fault(String accountId, String secret, long version, String cause) {}

    private void rewrap(Context context) throws InterruptedException {
        var fields = Fields.of(RequestBody.ofCommand(context));
        var given = fields.optionalWhole("accounts", 1, MOST_AT_ONCE);
        fields.requireNoOthers();
        int atOnce = given == null ? DEFAULT_AT_ONCE : given;
        int newest = secrets.newestKeyVersion();
        List<Fault> faults = new ArrayList<>();
        int rewrapped = 0;
        int left = 0;
        for (var account : accounts()) {
            var old = Secrets.all(account).stream()
                    .filter(secret -> secret.getKeyVersion() < newest)
                    .toList();
            if (old.isEmpty()) {
                continue;
            }
            boolean isDone = rewrapped < atOnce && rewrap(account, old, faults);
            rewrapped += isDone ? 1 : 0;
            left += isDone ? 0 : 1;
        }
        Json.answer(context, new Rewrapped(rewrapped, left, faults, state()));
    }

    private boolean rewrap(BrokerAccount account, List<SealedSecret> old, List<Fault> faults)
            throws InterruptedException {
        List<SealedSecret> anew = new ArrayList<>();
        for (var secret : old) {
            try {
                anew.add(secrets.rewrap(account.getId(), secret));
            } catch (SealException e) {
                faults.add(fault(account, secret, e));
            }
        }
        if (anew.isEmpty()) {
            return false;
        }
        var command = commands.command(account.getId(), new RewrapSecrets(anew));
        try {
            var reply = commands.desk().ask(command, null, PATIENCE);
            if (reply.getAccepted()) {
                commands.awaitHeard(account.getId(), reply.getSequence());
            }
            return reply.getAccepted();
        } catch (TimeoutException e) {
            return false;
        }
    }

    private record Checked(int accounts, int secrets, int opened, List<Fault> faults) {}

    private void check(Context context) {
        int accounts = 0;
        int all = 0;
        List<Fault> faults = new ArrayList<>();
        for (var account : accounts()) {
            accounts++;
            for (var secret : Secrets.all(account)) {
                all++;
                try {
                    secrets.open(account.getId(), secret).close();
                } catch (SealException | MasterKeyException e) {
                    faults.add(fault(account, secret, e));
                }
            }
        }
        Json.answer(context, new Checked(accounts, all, all - faults.size(), faults));
    }

    private List<BrokerAccount> accounts() {
        return List.copyOf(commands.desk().copy().accounts());
    }

    private static Fault fault(BrokerAccount account, SealedSecret secret, RuntimeException cause) {
        return new Fault(account.getId(), secret.getName(), secret.getVersion(), cause.getMessage());
    }
}
