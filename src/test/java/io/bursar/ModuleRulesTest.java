package io.bursar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.bursar.brokers.Broker;
import io.bursar.cli.BursarCommand;
import io.bursar.connect.postgres.PostgresSinkConnector;
import io.bursar.desk.Desk;
import io.bursar.ledger.Ledger;
import io.bursar.local.Stack;
import io.bursar.processors.LedgerProcessor;
import io.bursar.schemas.JournalHash;
import io.bursar.service.HttpService;
import io.bursar.topology.Bursar;
import io.bursar.vault.Vault;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What each module must not know. That it knows only modules above it, the build itself sees to. */
class ModuleRulesTest {
    private static final JavaClasses MODULES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.bursar");

    private static final String[] HTTP = {"io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "java.net.http.."
    };
    private static final String[] DATABASES = {"java.sql..", "javax.sql..", "org.postgresql..", "redis.clients.."};

    private static final List<String> NAMES = List.of(
            "schemas",
            "ledger",
            "desk",
            "processors",
            "topology",
            "brokers",
            "connect",
            "vault",
            "service",
            "local",
            "cli",
            "bench");

    private static final List<ArchRule> RULES = List.of(
            module("schemas"),
            module("ledger", "schemas"),
            module("desk", "schemas"),
            module("processors", "schemas", "ledger", "desk"),
            module("topology", "schemas", "ledger", "desk", "processors"),
            module("brokers"),
            module("connect", "schemas"),
            module("vault"),
            module("service", "schemas", "ledger", "desk", "topology", "brokers", "vault"),
            module("local"),
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.bursar.ledger..", "io.bursar.processors..", "io.bursar.topology..", "io.bursar.vault..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(HTTP)
                    .as("ledger, processors, topology and vault do not know HTTP"),
            noClasses()
                    .that()
                    .resideInAPackage("io.bursar.vault..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..")
                    .as("vault does not know Kafka"),
            noClasses()
                    .that()
                    .resideInAPackage("io.bursar.brokers..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..",
                            "org.apache.avro..",
                            "io.javalin..",
                            "jakarta.servlet..",
                            "com.sun.net.httpserver..")
                    .as("brokers does not know Kafka, schemas or an HTTP server"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.bursar.connect..",
                            "io.bursar.service.history..",
                            "io.bursar.service.limits..",
                            "io.bursar.local..",
                            "io.bursar.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(DATABASES)
                    .as("the ledger and its service, but for the history and the rate limits, do not know a database"),
            noClasses()
                    .that()
                    .resideInAPackage("io.bursar.service..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.bursar.processors..", "org.apache.kafka.streams..", "org.rocksdb..")
                    .as("service does not know the stores"),
            slices().matching("io.bursar.(**)").should().beFreeOfCycles().as("packages are free of cycles"));

    @TestFactory
    Stream<DynamicTest> modules_keep_to_what_they_may_know() {
        return RULES.stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(MODULES)));
    }

    @Test
    void every_module_is_among_the_classes_that_are_looked_at() {
        assertThat(List.of(
                        JournalHash.class,
                        Ledger.class,
                        Desk.class,
                        LedgerProcessor.class,
                        Bursar.class,
                        Broker.class,
                        PostgresSinkConnector.class,
                        Vault.class,
                        HttpService.class,
                        Stack.class,
                        BursarCommand.class))
                .allMatch(type -> MODULES.contain(type));
    }

    @Test
    void a_rule_sees_what_it_forbids() {
        var rule = noClasses().should().dependOnClassesThat().resideInAnyPackage(Admin.class.getPackageName());

        assertThatThrownBy(() -> rule.check(MODULES)).isInstanceOf(AssertionError.class);
    }

    private static ArchRule module(String module, String... known) {
        return noClasses()
                .that()
                .resideInAPackage("io.bursar." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NAMES.stream()
                        .filter(other ->
                                !other.equals(module) && !List.of(known).contains(other))
                        .map(other -> "io.bursar." + other + "..")
                        .toArray(String[]::new))
                .as(module + " knows nothing but " + (known.length == 0 ? "itself" : String.join(", ", known)));
    }
}
