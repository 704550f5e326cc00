package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.DeleteBrokerAccount;
import io.bursar.schemas.Fault;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.ResetBrokerAccountErrors;
import io.bursar.schemas.RewrapSecrets;
import io.bursar.schemas.RoutingCount;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.UpdateBrokerAccount;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerAccountsTest {
    private final Told told = new Told();

    @Test
    void all_faults_of_a_new_account_are_told_together() {
        var body = Told.creation("no spaces")
                .setOwner("")
                .setName("x".repeat(101))
                .setBroker("ACME")
                .setPermissions(List.of("us_stock", "us_stock", "US"))
                .build();

        var answer = told.command("anything", body);

        assertThat(answer.reason()).isEqualTo(DeskReason.FIELDS_ARE_INVALID);
        assertThat(answer.faults())
                .extracting(Fault::getField)
                .containsExactly("owner", "name", "number", "broker", "permissions", "permissions");
        assertThat(answer.faults()).extracting(Fault::getRule).doesNotContainNull();
        assertThat(told.desk.accounts()).isEmpty();
    }

    @Test
    void a_number_is_there_once_for_each_broker_and_environment() {
        var id = told.open("U1");

        assertThat(id).isEqualTo("acme:production:U1");
        assertThat(told.command(id, Told.creation("U1").build()).reason()).isEqualTo(DeskReason.BROKER_ACCOUNT_EXISTS);
        assertThat(told.command("acme:production:U2", Told.creation("U1").build())
                        .faults())
                .extracting(Fault::getField)
                .containsExactly("accountId");
    }

    @Test
    void a_repeat_of_an_accepted_command_gets_the_first_answer_and_changes_nothing() {
        var id = told.open("U1");
        var command = new BrokerAccountCommand(
                "same",
                id,
                told.now(),
                UpdateBrokerAccount.newBuilder().setName("A").build());
        var first = told.take(told.desk.decide(command, told.now()));
        told.command(id, UpdateBrokerAccount.newBuilder().setName("B").build());

        var repeat = told.take(told.desk.decide(command, told.now()));

        assertThat(repeat.accepted()).isTrue();
        assertThat(repeat.repeated()).isTrue();
        assertThat(repeat.revision()).isEqualTo(first.revision());
        assertThat(told.account(id).getName()).isEqualTo("B");
    }

    @Test
    void setting_a_default_clears_it_at_the_owners_other_account_in_one_decision() {
        var first = told.open("U1", creation -> creation.setDefaultTrading(true).setDefaultData(true));
        var other = told.open("U9", creation -> creation.setOwner("desk-2").setDefaultTrading(true));
        var second = told.open("U2");

        var decision = told.desk.decide(
                new BrokerAccountCommand(
                        "d",
                        second,
                        told.now(),
                        UpdateBrokerAccount.newBuilder().setDefaultTrading(true).build()),
                told.now());
        told.take(decision);

        assertThat(decision.changed()).extracting(BrokerAccount::getId).containsExactly(first, second);
        assertThat(told.account(first).getDefaultTrading()).isFalse();
        assertThat(told.account(first).getDefaultData()).isTrue();
        assertThat(told.account(second).getDefaultTrading()).isTrue();
        assertThat(told.account(other).getDefaultTrading()).isTrue();
    }

    @Test
    void ten_errors_in_a_row_suspend_an_account_and_a_reset_brings_it_back() {
        var id = told.open("U1");
        for (int i = 0; i < 9; i++) {
            told.report(id, false, "http_500");
        }
        assertThat(told.account(id).getStatus()).isEqualTo(BrokerAccountStatus.ACTIVE);
        told.report(id, false, "timeout");
        assertThat(told.account(id).getStatus()).isEqualTo(BrokerAccountStatus.SUSPENDED);
        assertThat(told.account(id).getUsage().getLastError()).isEqualTo("timeout");

        told.command(id, new ResetBrokerAccountErrors());

        assertThat(told.account(id).getStatus()).isEqualTo(BrokerAccountStatus.ACTIVE);
        assertThat(told.account(id).getUsage().getErrorsInRow()).isZero();
    }

    @Test
    void a_reset_never_brings_back_what_a_person_has_suspended() {
        var id = told.open("U1");
        for (int i = 0; i < 10; i++) {
            told.report(id, false, "http_500");
        }
        told.command(id, new SetBrokerAccountStatus(BrokerAccountStatus.SUSPENDED, "fraud"));

        told.command(id, new ResetBrokerAccountErrors());

        assertThat(told.account(id).getStatus()).isEqualTo(BrokerAccountStatus.SUSPENDED);
    }

    @Test
    void a_success_between_errors_begins_the_row_anew() {
        var id = told.open("U1");
        for (int i = 0; i < 9; i++) {
            told.report(id, false, "http_500");
        }
        told.report(id, true, null);
        told.report(id, false, "http_500");

        assertThat(told.account(id).getStatus()).isEqualTo(BrokerAccountStatus.ACTIVE);
        assertThat(told.account(id).getUsage().getErrorsInRow()).isEqualTo(1);
        assertThat(told.account(id).getUsage().getCallsOfDay()).isEqualTo(11);
    }

    @Test
    void the_calls_of_a_day_begin_anew_at_midnight_utc() {
        var id = told.open("U1");
        told.report(id, true, null);
        told.pass(Duration.ofHours(12));
        told.report(id, true, null);

        assertThat(told.account(id).getUsage().getCallsOfDay()).isEqualTo(1);
    }

    @Test
    void an_account_that_a_worker_calls_for_cannot_be_deleted_at_this_moment() {
        var id = told.open("U1");
        told.tick();
        told.start(told.call(), "w");
        assertThat(told.command(id, new DeleteBrokerAccount()).reason()).isEqualTo(DeskReason.REFRESH_STARTED);
        told.succeed(told.call(), "w", Duration.ofDays(1));

        assertThat(told.command(id, new DeleteBrokerAccount()).accepted()).isTrue();
        assertThat(told.account(id)).isNull();
        assertThat(told.command(id, new DeleteBrokerAccount()).reason()).isEqualTo(DeskReason.BROKER_ACCOUNT_NOT_FOUND);
    }

    @Test
    void properties_and_secrets_that_are_not_named_stay() {
        var id = told.open("U1", creation -> creation.setProperties(List.of(new BrokerProperty("clientId", "a"))));

        told.command(
                id,
                UpdateBrokerAccount.newBuilder()
                        .setProperties(List.of(new BrokerProperty("region", "eu")))
                        .setSecrets(List.of(Told.secret("refreshToken", 1)))
                        .build());

        assertThat(told.account(id).getProperties())
                .extracting(BrokerProperty::getName)
                .containsExactly("clientId", "region");
        assertThat(told.account(id).getSecrets())
                .extracting(SealedSecret::getName)
                .containsExactly("clientSecret", "refreshToken");
    }

    @Test
    void a_secret_that_somebody_else_has_replaced_is_not_replaced_unseen() {
        var id = told.open("U1");
        var change = UpdateBrokerAccount.newBuilder()
                .setSecrets(List.of(Told.secret("clientSecret", 2)))
                .build();

        assertThat(told.command(id, change).accepted()).isTrue();
        assertThat(told.command(id, change).reason()).isEqualTo(DeskReason.VERSION_CONFLICT);
    }

    @Test
    void a_new_wrapping_takes_the_place_of_the_same_version_only() {
        var id = told.openWithToken("U1", Duration.ofDays(1));
        long version = told.account(id).getToken().getVersion();

        told.command(
                id,
                new RewrapSecrets(List.of(
                        rewrapped("clientSecret", 1),
                        rewrapped("accessToken", version),
                        rewrapped("accessToken", 99))));

        assertThat(told.account(id).getSecrets())
                .extracting(SealedSecret::getKeyVersion)
                .containsExactly(2);
        assertThat(told.account(id).getToken().getAccess().getKeyVersion()).isEqualTo(2);
        assertThat(told.account(id).getToken().getAccess().getVersion()).isEqualTo(version);
    }

    @Test
    void what_would_make_the_row_of_an_account_too_large_is_refused() {
        var id = told.open("U1");
        var large = new SealedSecret("accessToken", 1L, 1, ByteBuffer.wrap(new byte[40_000]));
        var token = told.token(1, Duration.ofDays(1));
        token.setAccess(large);

        assertThat(told.event(id, token).faults()).extracting(Fault::getField).containsExactly("access");
        for (int i = 0; i < 7; i++) {
            told.command(
                    id,
                    UpdateBrokerAccount.newBuilder()
                            .setSecrets(List.of(Told.secret("secret" + i, 1)))
                            .build());
        }
        var ninth = UpdateBrokerAccount.newBuilder()
                .setSecrets(List.of(Told.secret("ninth", 1)))
                .build();
        assertThat(told.command(id, ninth).faults()).extracting(Fault::getField).containsExactly("secrets");
        assertThat(told.account(id).getSecrets()).hasSize(8);
    }

    private static SealedSecret rewrapped(String name, long version) {
        return new SealedSecret(name, version, 2, ByteBuffer.wrap(new byte[] {9}));
    }

    @Test
    void routings_are_counted_once_for_each_router_however_often_they_are_told() {
        var id = told.open("U1");
        routed(id, "r1", 5);
        routed(id, "r1", 5);
        routed(id, "r2", 2);
        routed(id, "r1", 4);
        routed(id, "r1", 6);

        assertThat(told.account(id).getUsage().getOperations().getFirst().getRouted())
                .isEqualTo(8);
    }

    private void routed(String id, String router, long times) {
        var count = RoutingCount.newBuilder()
                .setRouter(router)
                .setOperation("QUOTE")
                .setRouted(times)
                .build();
        told.take(told.desk.decide(new OperationReport(id, told.now(), count), told.now()));
    }
}
