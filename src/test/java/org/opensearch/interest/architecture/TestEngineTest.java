package org.opensearch.interest.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;

import java.util.List;
import java.util.function.Predicate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A test's ending says what runs it. {@code Test}: JUnit Jupiter alone. {@code Tests}: the test framework of Lucene and
 * OpenSearch, which is JUnit 4 and runs on the vintage engine. {@code IT}: either, against a node. Surefire and
 * failsafe find tests by these endings only.
 */
class TestEngineTest {
    private static final String ROOT = "org.opensearch.interest";
    private static final String CANARY = ROOT + ".architecture.canary";

    private static final JavaClasses TESTS = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
        .withImportOption(location -> location.contains("/canary/") == false)
        .importPackages(ROOT);
    private static final JavaClasses CANARIES = new ClassFileImporter().importPackages(CANARY + ".engine");

    /** Extends the framework, or is nested in what does. */
    private static final DescribedPredicate<JavaClass> FRAMEWORK = described("extend the framework", type -> {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return type.isAssignableTo(LuceneTestCase.class) || outermost.isAssignableTo(LuceneTestCase.class);
    });
    private static final DescribedPredicate<JavaClass> JUNIT_4 = JavaClass.Predicates.resideInAnyPackage(
        "junit..", "org.junit", "org.junit.experimental..", "org.junit.function..", "org.junit.rules..",
        "org.junit.runner..", "org.junit.runners.."
    );

    private static DescribedPredicate<JavaClass> described(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static List<ArchRule> rules() {
        return List.of(
            noClasses().that(DescribedPredicate.not(FRAMEWORK)).should().dependOnClassesThat(JUNIT_4),
            noClasses().that(FRAMEWORK).should().dependOnClassesThat().resideInAPackage("org.junit.jupiter.."),
            classes().that().haveSimpleNameEndingWith("Tests").should().beAssignableTo(LuceneTestCase.class),
            noClasses().that().haveSimpleNameEndingWith("Test").should().beAssignableTo(LuceneTestCase.class),
            classes().that()
                .areAssignableTo(LuceneTestCase.class)
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveNameMatching(".*(Tests|IT)"),
            methods().that()
                .areMetaAnnotatedWith(Testable.class)
                .should()
                .beDeclaredInClassesThat()
                .haveNameMatching(".*(Test|IT)(\\$\\w+)?")
        );
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(TESTS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void canFail(ArchRule rule) {
        AssertionError failure = assertThrows(AssertionError.class, () -> rule.check(CANARIES));
        assertTrue(failure.getMessage().contains("canary"), failure.getMessage());
    }
}
