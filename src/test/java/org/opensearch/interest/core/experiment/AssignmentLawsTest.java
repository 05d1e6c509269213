package org.opensearch.interest.core.experiment;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who gets which variant, held over many users. */
class AssignmentLawsTest {
    private static final int USERS = 20_000;
    /** Of a share of users: five standard errors. */
    private static final double NEAR = 5 * Math.sqrt(0.25 / USERS);

    private static Experiment experiment(String name, Object... namesAndShares) {
        List<Variant> variants = new java.util.ArrayList<>();
        for (int i = 0; i < namesAndShares.length; i += 2) {
            variants.add(new Variant((String) namesAndShares[i], (double) namesAndShares[i + 1], null, null, null));
        }
        return new Experiment(name, variants, (String) namesAndShares[0], false);
    }

    private static String[] all(Experiment experiment) {
        String[] variants = new String[USERS];
        Arrays.setAll(variants, user -> experiment.of("user-" + user).name());
        return variants;
    }

    private static double share(String[] variants, String name) {
        return Arrays.stream(variants).filter(name::equals).count() / (double) USERS;
    }

    @Test
    void everybodyKeepsTheirVariantWhateverTheOrderOfVariants() {
        Experiment one = experiment("e", "a", 0.5, "b", 0.3, "c", 0.2);
        Experiment same = experiment("e", "c", 0.2, "a", 0.5, "b", 0.3);
        assertTrue(Arrays.equals(all(one), all(one)));
        assertTrue(Arrays.equals(all(one), all(same)));
        // what other nodes and versions have to agree with
        assertEquals(
            List.of("a", "a", "b", "b"),
            List.of("u1", "u2", "u3", "u4").stream().map(user -> one.of(user).name()).toList()
        );
    }

    @Test
    void sharesAreKept() {
        String[] variants = all(experiment("e", "a", 0.5, "b", 0.3, "c", 0.15, "d", 0.05));
        assertEquals(0.5, share(variants, "a"), NEAR);
        assertEquals(0.3, share(variants, "b"), NEAR);
        assertEquals(0.15, share(variants, "c"), NEAR);
        assertEquals(0.05, share(variants, "d"), NEAR);
    }

    @Test
    void experimentsAreIndependentOfEachOther() {
        String[] one = all(experiment("colours", "a", 0.5, "b", 0.5));
        String[] other = all(experiment("sizes", "a", 0.5, "b", 0.5));
        long both = 0;
        for (int i = 0; i < USERS; i++) {
            both += one[i].equals("a") && other[i].equals("a") ? 1 : 0;
        }
        assertEquals(0.25, both / (double) USERS, NEAR);
    }

    @Test
    void aChangedShareMovesOnlyWhoMustMove() {
        String[] before = all(experiment("e", "a", 0.5, "b", 0.5));
        String[] after = all(experiment("e", "a", 0.6, "b", 0.4));
        int moved = 0;
        for (int i = 0; i < USERS; i++) {
            if (before[i].equals(after[i]) == false) {
                moved++;
                assertEquals("a", after[i], "only to the one that grew");
            }
        }
        assertEquals(0.1, moved / (double) USERS, NEAR);

        // a newcomer takes from all, and nobody moves between the others
        String[] withThird = all(experiment("e", "a", 0.4, "b", 0.4, "c", 0.2));
        for (int i = 0; i < USERS; i++) {
            assertTrue(withThird[i].equals("c") || withThird[i].equals(before[i]));
        }
    }

    @Test
    void aWrongExperimentCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> experiment("e", "a", 1.0));
        assertThrows(IllegalArgumentException.class, () -> experiment("e", "a", 0.5, "b", 0.4));
        assertThrows(IllegalArgumentException.class, () -> experiment("e", "a", 0.5, "a", 0.5));
        assertThrows(IllegalArgumentException.class, () -> experiment("e", "a", 0.5, "interleaved", 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Variant("a", 0, null, null, null));
        assertThrows(IllegalArgumentException.class, () -> new Variant("a", 0.5, Double.NaN, null, null));
        List<Variant> three = experiment("e", "a", 0.4, "b", 0.4, "c", 0.2).variants();
        assertThrows(IllegalArgumentException.class, () -> new Experiment("e", three, "a", true));
        assertThrows(IllegalArgumentException.class, () -> new Experiment("e", three, "d", false));
        assertEquals(List.of("b", "a", "c"), new Experiment("e", three, "b", false).controlFirst());
    }
}
