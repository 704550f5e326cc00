package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountUsage;
import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.Fault;
import io.bursar.schemas.RefreshPhase;
import io.bursar.schemas.RewrapSecrets;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.UpdateBrokerAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How broker accounts come, change and go. */
final class BrokerAccounts {
    private final TokenLife tokens;

    BrokerAccounts(TokenLife tokens) {
        this.tokens = tokens;
    }

    void create(Draft draft, String id, CreateBrokerAccount body) throws RefusedException {
        var faults = new ArrayList<>(DeskFields.faultsOf(body));
        var expected = BrokerAccountIds.of(body.getBroker(), body.getEnvironment(), body.getNumber());
        if (faults.isEmpty() && !id.equals(expected)) {
            faults.add(new Fault("accountId", id, "broker, environment and number: " + expected));
        }
        for (var secret : body.getSecrets()) {
            if (secret.getVersion() != 1) {
                faults.add(new Fault("secrets." + secret.getName(), null, "version 1, as the first one"));
            }
        }
        RefusedException.requireNone(faults);
        if (draft.find(id) != null) {
            throw new RefusedException(
                    DeskReason.BROKER_ACCOUNT_EXISTS,
                    "there is an account " + body.getNumber() + " at " + body.getBroker() + " in "
                            + body.getEnvironment());
        }
        draft.add(newAccount(draft, id, body));
        setDefault(draft, id, RoutingPurpose.TRADING, body.getDefaultTrading());
        setDefault(draft, id, RoutingPurpose.DATA, body.getDefaultData());
        tokens.schedule(draft, draft.edit(id));
    }

    private static BrokerAccount newAccount(Draft draft, String id, CreateBrokerAccount body) {
        return BrokerAccount.newBuilder()
                .setId(id)
                .setRevision(1)
                .setOwner(body.getOwner())
                .setName(body.getName())
                .setNumber(body.getNumber())
                .setBroker(body.getBroker())
                .setEnvironment(body.getEnvironment())
                .setType(body.getType())
                .setLicence(body.getLicence())
                .setPermissions(body.getPermissions())
                .setStatus(body.getStatus())
                .setDescription(body.getDescription())
                .setTags(body.getTags())
                .setLedgerAccountId(body.getLedgerAccountId())
                .setProperties(body.getProperties())
                .setSecrets(body.getSecrets())
                .setUsesTokens(body.getUsesTokens())
                .setCreatedAt(draft.now())
                .setUpdatedAt(draft.now())
                .setUsage(BrokerAccountUsage.newBuilder().build())
                .build();
    }

    void update(Draft draft, String id, UpdateBrokerAccount body) throws RefusedException {
        var stored = draft.require(id);
        RefusedException.requireNone(DeskFields.faultsOf(body));
        for (var secret : body.getSecrets()) {
            requireNextVersion(stored, secret);
        }
        requireRoomFor(stored, body.getSecrets());
        var account = draft.edit(id);
        if (body.getName() != null) {
            account.setName(body.getName());
        }
        if (body.getType() != null) {
            account.setType(body.getType());
        }
        if (body.getLicence() != null) {
            account.setLicence(body.getLicence());
        }
        if (body.getPermissions() != null) {
            account.setPermissions(body.getPermissions());
        }
        if (body.getDescription() != null) {
            account.setDescription(body.getDescription());
        }
        if (body.getTags() != null) {
            account.setTags(body.getTags());
        }
        if (body.getLedgerAccountId() != null) {
            account.setLedgerAccountId(body.getLedgerAccountId().isEmpty() ? null : body.getLedgerAccountId());
        }
        if (body.getUsesTokens() != null) {
            account.setUsesTokens(body.getUsesTokens());
        }
        if (body.getProperties() != null) {
            body.getProperties().forEach(property -> put(account, property));
        }
        body.getSecrets().forEach(secret -> put(account, secret));
        if (body.getDefaultTrading() != null) {
            setDefault(draft, id, RoutingPurpose.TRADING, body.getDefaultTrading());
        }
        if (body.getDefaultData() != null) {
            setDefault(draft, id, RoutingPurpose.DATA, body.getDefaultData());
        }
        account.setUpdatedAt(draft.now());
        if (!body.getSecrets().isEmpty()) {
            // What failed with the old ones is no reason to wait with the new ones.
            account.setFailedRefreshes(0);
        }
        tokens.schedule(draft, account);
    }

    void setStatus(Draft draft, String id, SetBrokerAccountStatus body) throws RefusedException {
        draft.require(id);
        var account = draft.edit(id);
        account.setStatus(body.getStatus());
        account.setSuspendedByErrors(false);
        account.setUpdatedAt(draft.now());
        if (body.getStatus() != BrokerAccountStatus.ACTIVE) {
            tokens.cancelUnstarted(draft, account, "account_not_active");
        }
        tokens.schedule(draft, account);
    }

    void resetErrors(Draft draft, String id) throws RefusedException {
        draft.require(id);
        var account = draft.edit(id);
        account.getUsage().setErrorsInRow(0);
        account.setFailedRefreshes(0);
        if (account.getSuspendedByErrors()) {
            account.setStatus(BrokerAccountStatus.ACTIVE);
            account.setSuspendedByErrors(false);
        }
        account.setUpdatedAt(draft.now());
        tokens.schedule(draft, account);
    }

    void delete(Draft draft, String id) throws RefusedException {
        var refresh = draft.require(id).getRefresh();
        if (refresh != null && refresh.getPhase() == RefreshPhase.STARTED) {
            throw new RefusedException(
                    DeskReason.REFRESH_STARTED,
                    "attempt " + refresh.getAttempt() + " of refresh " + refresh.getNumber()
                            + " is calling the broker: it ends within seconds");
        }
        tokens.cancelUnstarted(draft, draft.edit(id), "account_deleted");
        draft.delete(id);
    }

    void rewrap(Draft draft, String id, RewrapSecrets body) throws RefusedException {
        draft.require(id);
        var account = draft.edit(id);
        body.getSecrets().forEach(secret -> {
            account.getSecrets().replaceAll(known -> isSame(known, secret) ? secret : known);
            var token = account.getToken();
            if (token != null && isSame(token.getAccess(), secret)) {
                token.setAccess(secret);
            }
            if (token != null && token.getRefresh() != null && isSame(token.getRefresh(), secret)) {
                token.setRefresh(secret);
            }
        });
    }

    private static boolean isSame(SealedSecret one, SealedSecret other) {
        return one.getName().equals(other.getName()) && one.getVersion() == other.getVersion();
    }

    /** An owner has one default account for a purpose at most: the other one is it no longer. */
    private static void setDefault(Draft draft, String id, RoutingPurpose purpose, boolean isDefault) {
        if (isDefault) {
            var owner = draft.find(id).getOwner();
            for (var other : draft.all()) {
                if (purpose.isDefault(other) && other.getOwner().equals(owner)) {
                    purpose.setDefault(draft.edit(other.getId()), false);
                }
            }
        }
        purpose.setDefault(draft.edit(id), isDefault);
    }

    private static void requireRoomFor(BrokerAccount account, List<SealedSecret> secrets) throws RefusedException {
        var names = Stream.concat(account.getSecrets().stream(), secrets.stream())
                .map(SealedSecret::getName)
                .distinct()
                .count();
        if (names > DeskFields.MAX_SECRETS) {
            RefusedException.requireNone(List.of(
                    new Fault("secrets", names + " with those that are there", "at most " + DeskFields.MAX_SECRETS)));
        }
    }

    private static void requireNextVersion(BrokerAccount account, SealedSecret secret) throws RefusedException {
        long last = account.getSecrets().stream()
                .filter(known -> known.getName().equals(secret.getName()))
                .mapToLong(SealedSecret::getVersion)
                .findAny()
                .orElse(0);
        if (secret.getVersion() != last + 1) {
            throw new RefusedException(
                    DeskReason.VERSION_CONFLICT,
                    secret.getName() + " has version " + secret.getVersion() + ": the one after " + last + " was due");
        }
    }

    private static void put(BrokerAccount account, BrokerProperty property) {
        var all = new ArrayList<>(account.getProperties());
        all.removeIf(known -> known.getName().equals(property.getName()));
        all.add(property);
        account.setProperties(all);
    }

    private static void put(BrokerAccount account, SealedSecret secret) {
        var all = new ArrayList<>(account.getSecrets());
        all.removeIf(known -> known.getName().equals(secret.getName()));
        all.add(secret);
        account.setSecrets(all);
    }
}
