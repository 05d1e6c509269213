package org.opensearch.interest.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The house: an arrow may only point down. Every rule is shown to fail on the canaries beside this class. */
class ArchitectureTest {
    private static final String ROOT = "org.opensearch.interest";
    private static final String CANARY = ROOT + ".architecture.canary";

    /**
     * Five floors from the ground up, each a folder; within a floor, rows of packages from the ground up. Packages of
     * one row do not know each other.
     */
    private static final Map<String, List<List<String>>> FLOORS = floors();

    private static Map<String, List<List<String>>> floors() {
        Map<String, List<List<String>>> floors = new LinkedHashMap<>();
        floors.put(
            "core",
            List.of(
                List.of("vector", "json", "measure", "digest"), List.of("geometry"),
                List.of("profile", "ranking", "embedding", "experiment"), List.of("engagement"), List.of("tracking"),
                List.of("evaluation.data"), List.of("evaluation.method"), List.of("evaluation.metric"),
                List.of("evaluation.learning"), List.of("evaluation.report")
            )
        );
        floors.put("engine", List.of(List.of("lucene", "onnx", "inference")));
        floors.put(
            "cluster",
            List.of(
                List.of("items"), List.of("store"), List.of("calibration", "history"), List.of("engagement"),
                List.of("profiles"), List.of("events", "resolve", "explanation")
            )
        );
        floors.put(
            "search",
            List.of(
                List.of("mapper"), List.of("query"), List.of("script", "rescore"), List.of("ingest"),
                List.of("pipeline")
            )
        );
        floors.put(
            "api",
            List.of(
                List.of("rest", "feature"),
                List.of("event", "user", "tracker", "model", "stats", "evaluation", "feedback", "recommend")
            )
        );
        return floors;
    }

    /** All rows of all floors, from the ground up. */
    private static List<List<String>> rows() {
        return FLOORS.entrySet()
            .stream()
            .flatMap(
                floor -> floor.getValue()
                    .stream()
                    .map(row -> row.stream().map(name -> floor.getKey() + "." + name).toList())
            )
            .toList();
    }

    private static final int WIDTH = 150;
    private static final List<Path> SOURCES = Stream
        .of("src/main/java", "src/evaluate/java", "src/test/java", "src/demo/java", "integ-test/java", "src/jmh/java")
        .map(Path::of)
        .toList();

    private static final JavaClasses HOUSE = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(ROOT);
    private static final JavaClasses CANARIES = new ClassFileImporter().importPackages(CANARY);

    private static String[] packages(String root, List<String> names) {
        return names.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    /** Nothing on a floor may know what is above it, beside it, or the plugin class. */
    private static Map<String, ArchRule> floorRules(String root) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        List<List<String>> rows = rows();
        for (int row = 0; row < rows.size(); row++) {
            for (String name : rows.get(row)) {
                TreeSet<String> forbidden = new TreeSet<>();
                rows.subList(row, rows.size()).forEach(forbidden::addAll);
                forbidden.remove(name);
                rules.put(
                    name,
                    noClasses().that()
                        .resideInAPackage(root + "." + name + "..")
                        .should()
                        .dependOnClassesThat(
                            JavaClass.Predicates.resideInAnyPackage(packages(root, List.copyOf(forbidden)))
                                .or(JavaClass.Predicates.resideInAPackage(root))
                        )
                        .allowEmptyShould(true)
                );
            }
        }
        return rules;
    }

    private static ArchRule pure(String root) {
        return noClasses().that()
            .resideInAPackage(root + ".core..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackages("java..", "javax.crypto..", root + ".."));
    }

    private static ArchRule onlyIn(String root, List<String> homes, String... guests) {
        return noClasses().that()
            .resideOutsideOfPackages(packages(root, homes))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(guests);
    }

    private static ArchRule luceneAlone(String root) {
        DescribedPredicate<JavaClass> engine = JavaClass.Predicates.resideInAPackage("org.opensearch..")
            .and(JavaClass.Predicates.resideOutsideOfPackage(root + ".."));
        return noClasses().that()
            .resideInAPackage(root + ".engine.lucene..")
            .should()
            .dependOnClassesThat(engine)
            .allowEmptyShould(true);
    }

    private static final ArchRule NO_MUTABLE_STATICS = fields().that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal();

    @Test
    void arrowsPointDown() {
        floorRules(ROOT).values().forEach(rule -> rule.check(HOUSE));
    }

    @Test
    void theCoreCompilesWithTheJdkAlone() {
        pure(ROOT).check(HOUSE);
    }

    @Test
    void theLuceneFloorKnowsNoOpenSearch() {
        luceneAlone(ROOT).check(HOUSE);
    }

    @Test
    void nativeLibrariesHaveOneDoor() {
        onlyIn(ROOT, List.of("engine.onnx"), "ai.onnxruntime..", "ai.djl..").check(HOUSE);
    }

    @Test
    void nothingStaticChanges() {
        NO_MUTABLE_STATICS.check(HOUSE);
    }

    @Test
    void everyPackageHasAFloorAndSaysWhatItIsFor() {
        TreeSet<String> known = new TreeSet<>();
        rows().forEach(known::addAll);
        TreeSet<String> seen = new TreeSet<>();
        TreeSet<String> described = new TreeSet<>();
        for (JavaClass type : HOUSE) {
            String name = type.getPackageName();
            if (name.equals(ROOT) == false) {
                String room = name.substring(ROOT.length() + 1);
                seen.add(room);
                if (type.getSimpleName().equals("package-info")) {
                    described.add(room);
                }
            }
        }
        assertEquals(known, seen, "packages without a floor, or floors without a package");
        assertEquals(seen, described, "packages that do not say what they are for");
    }

    @Test
    void theTopOfTheTreeShowsTheFloors() throws IOException {
        TreeSet<String> expected = new TreeSet<>(FLOORS.keySet());
        expected.addAll(List.of("InterestPlugin.java", "Components.java"));
        try (Stream<Path> top = Files.list(Path.of("src/main/java", ROOT.split("\\.")))) {
            TreeSet<String> seen = top.map(path -> path.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(expected, seen);
        }
    }

    @Test
    void linesHaveAWidth() throws IOException {
        List<String> wide = linesBeyondWidth(file -> isCanary(file) == false);
        assertEquals(List.of(), wide, "lines of more than " + WIDTH + " characters: wrap them");
    }

    private static boolean isCanary(Path file) {
        return file.toString().contains("canary");
    }

    private static List<String> linesBeyondWidth(Predicate<Path> which) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : SOURCES) {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                    .filter(which)
                    .sorted()
                    .toList()) {
                    List<String> lines = Files.readAllLines(file);
                    for (int i = 0; i < lines.size(); i++) {
                        if (lines.get(i).length() > WIDTH) {
                            found.add(file.getFileName() + ":" + (i + 1));
                        }
                    }
                }
            }
        }
        return found;
    }

    @Test
    void namesSayWhatThingsAre() {
        for (String noName : List.of("util", "common", "helper", "constants", "impl", "dto")) {
            noClasses().should().resideInAPackage(ROOT + ".." + noName + "..").check(HOUSE);
        }
        noClasses().should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .check(HOUSE);
    }

    @Test
    void theRulesCanFail() throws IOException {
        assertEquals(1, linesBeyondWidth(ArchitectureTest::isCanary).size());
        assertFails(floorRules(CANARY).get("core.vector"));
        assertFails(pure(CANARY));
        assertFails(luceneAlone(CANARY));
        assertFails(onlyIn(CANARY, List.of("engine.onnx"), "ai.onnxruntime.."));
        assertFails(NO_MUTABLE_STATICS);
    }

    private static void assertFails(ArchRule rule) {
        AssertionError failure = assertThrows(AssertionError.class, () -> rule.check(CANARIES));
        assertTrue(failure.getMessage().contains("canary"), failure.getMessage());
    }
}
