package io.bursar;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.bursar.desk.Desk;
import io.bursar.ledger.Ledger;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Ledger and desk decide the same on any machine in any year; so they may know nothing that differs between them. */
class PureModulesTest {
    private static final JavaClasses PURE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.bursar.ledger", "io.bursar.desk");

    private static final Set<String> FLOATING = Set.of("float", "double", "java.lang.Float", "java.lang.Double");
    private static final Set<String> RANDOM = Set.of("random", "randomUUID");
    private static final Set<String> CLOCK = Set.of("now", "currentTimeMillis", "nanoTime", "systemDefault");

    private static final ArchRule NO_KAFKA_AND_NO_INPUT_OR_OUTPUT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..");

    private static final ArchRule NO_CLOCK = noClasses()
            .should()
            .accessTargetWhere(calls("reads a clock", CLOCK))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    /** The router is given its chance by who asks it, and what it chooses is no part of what is stored. */
    private static final ArchRule NO_RANDOMNESS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.bursar.desk.Router")
            .should()
            .accessTargetWhere(calls("draws at random", RANDOM))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(RandomGenerator.class);

    private static final ArchRule NO_FLOATING_FIELD = noFields().should().haveRawType(floating());

    private static final ArchRule NO_FLOATING_PARAMETER_OR_RESULT = noCodeUnits()
            .should()
            .haveRawReturnType(floating())
            .orShould()
            .haveRawParameterTypes(describe(
                    "one is a floating point number", types -> types.stream().anyMatch(floating())));

    private static final ArchRule NO_FLOATING_VALUE_FROM_OR_TO_OTHERS = noClasses()
            .should()
            .accessTargetWhere(describe("passes a floating point number", PureModulesTest::isFloating));

    private static final List<ArchRule> RULES = List.of(
            NO_KAFKA_AND_NO_INPUT_OR_OUTPUT,
            NO_CLOCK,
            NO_RANDOMNESS,
            NO_FLOATING_FIELD,
            NO_FLOATING_PARAMETER_OR_RESULT,
            NO_FLOATING_VALUE_FROM_OR_TO_OTHERS);

    @Test
    void ledger_and_desk_know_no_kafka_no_files_no_network_no_clock_no_chance_and_no_floating_point() {
        assertThat(PURE.contain(Ledger.class)).isTrue();
        assertThat(PURE.contain(Desk.class)).isTrue();
        for (var rule : RULES) {
            rule.check(PURE);
        }
    }

    @Test
    void each_of_the_rules_sees_what_it_forbids() {
        var impure = new ClassFileImporter().importClasses(Impure.class);

        for (var rule : RULES) {
            assertThatThrownBy(() -> rule.check(impure))
                    .as(rule.getDescription())
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** All that a ledger must not do. */
    @SuppressWarnings("unused")
    private static final class Impure {
        private double rate;

        InputStream file() {
            return null;
        }

        Instant now() {
            return Instant.now();
        }

        Object chance(Random random) {
            return random.nextBoolean() ? UUID.randomUUID() : null;
        }

        boolean isLarge(float value) {
            return Float.compare(value, 1) > 0;
        }
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String description, Set<String> names) {
        return describe(
                description,
                access -> names.contains(access.getTarget().getName())
                        && access.getTarget().getOwner().getPackageName().startsWith("java."));
    }

    private static DescribedPredicate<JavaClass> floating() {
        return describe(
                "floating point",
                type -> FLOATING.contains(type.getBaseComponentType().getName()));
    }

    private static boolean isFloating(JavaAccess<?> access) {
        return switch (access.getTarget()) {
            case FieldAccessTarget field -> floating().test(field.getRawType());
            case CodeUnitAccessTarget code ->
                floating().test(code.getRawReturnType())
                        || code.getRawParameterTypes().stream().anyMatch(floating());
            default -> false;
        };
    }
}
