package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Declared interests, opt-out and deletion in a profile. */
class ConsentStateTest {
    private static final int DIMENSION = 16;
    private static final HalfLives HALF_LIVES = new HalfLives(Histories.DAY / 4, 60 * Histories.DAY);

    private static Profile known() {
        return Histories.replay(HALF_LIVES, Histories.random(new Random(1), 50, DIMENSION));
    }

    private static DeclaredInterests declared(int interests) {
        List<DeclaredInterests.Interest> list = new ArrayList<>();
        for (int i = 0; i < interests; i++) {
            list.add(new DeclaredInterests.Interest("interest " + i, Histories.unit(new Random(i), DIMENSION)));
        }
        return new DeclaredInterests(list);
    }

    private static Evidence at(long timestamp) {
        return new Evidence(
            Histories.unit(new Random(3), DIMENSION), Evidence.Source.ITEM, 1, timestamp, OptionalLong.of(5)
        );
    }

    @Test
    void whatIsForgottenLeavesATimeAndNothingElse() {
        Profile forgotten = known().declaring(declared(3)).forgotten(Histories.NOW);
        assertTrue(forgotten.isUnknown());
        assertEquals(Profile.empty(HALF_LIVES).longTerm(), forgotten.longTerm());
        assertEquals(0, forgotten.dimension());
        assertEquals(0, forgotten.ids().size());
        assertEquals(List.of(), forgotten.topics().list());
        assertEquals(Histories.NOW, forgotten.consent().deletedUntil());
        assertTrue(ProfileFormat.write(forgotten).length < 200);
    }

    @Test
    void evidenceUpToThenIsRefusedAndLaterEvidenceStartsAfresh() {
        Profile forgotten = known().forgotten(Histories.NOW);
        assertTrue(forgotten.refuses(at(0)) && forgotten.refuses(at(Histories.NOW)));
        assertFalse(forgotten.refuses(at(Histories.NOW + 1)));
        Profile afresh = Histories.plus(forgotten, at(Histories.NOW + 1));
        assertEquals(1, afresh.events());
        assertEquals(Histories.NOW + 1, afresh.firstEvent());
        assertTrue(
            known().forgotten(0).refuses(at(known().lastEvent())), "nothing was forgotten before the first event of all"
        );
        assertFalse(Profile.empty(HALF_LIVES).refuses(at(0)));
    }

    @Test
    void forgettingAgainNeverReachesLessFar() {
        assertEquals(Histories.NOW, known().forgotten(Histories.NOW).forgotten(5).consent().deletedUntil());
    }

    @Test
    void whatIsOnItsWayIsForgottenAsWell() {
        Profile leaving = MergeSteps.leave(known(), "target", 1);
        Profile forgotten = leaving.forgotten(0);
        assertTrue(forgotten.isUnknown());
        assertEquals(known().lastEvent(), forgotten.consent().deletedUntil());
    }

    @Test
    void anOptOutRefusesForgetsNothingAndStays() {
        Profile out = known().optedOut(true);
        assertTrue(out.refuses(at(Histories.NOW + 1)));
        assertEquals(50, out.events());
        assertTrue(out.forgotten(Histories.NOW).consent().optOut());
        assertFalse(out.forgotten(Histories.NOW).isUnknown(), "an opt-out is known, or it could not be shown");
        assertEquals(known(), out.optedOut(false));
    }

    @Test
    void aDeclaredInterestCountsAsOneClickOfNowWheneverThatIs() {
        Profile profile = Profile.empty(HALF_LIVES).declaring(declared(1));
        for (long at : new long[]{ Histories.NOW, Histories.NOW + 1_000 * Histories.DAY }) {
            assertEquals(1, profile.lasting(at).mass(at), 1e-9);
            assertEquals(0.5, DynamicInterest.confidence(profile, at), 1e-9);
            DynamicInterest interest = DynamicInterest.of(profile, Geometry.flat(DIMENSION), 0.4, at);
            assertArrayEquals(declared(1).list().get(0).vector(), Vectors.unit(interest.direction()), 1e-5f);
        }
        Profile active = known().declaring(declared(2));
        assertEquals(
            known().longTerm().mass(Histories.NOW) + 2, active.lasting(Histories.NOW).mass(Histories.NOW), 1e-9
        );
        assertEquals(known().longTerm(), active.longTerm(), "evidence is counted apart");
    }

    @Test
    void declaringReplacesAndMergingKeepsBothAsFarAsThereIsRoom() {
        assertEquals(declared(2), known().declaring(declared(9)).declaring(declared(2)).declared());
        assertEquals(declared(9), declared(3).plus(declared(9)));
        List<DeclaredInterests.Interest> others = new ArrayList<>();
        declared(DeclaredInterests.MOST).list()
            .forEach(one -> others.add(new DeclaredInterests.Interest("other " + one.text(), one.vector())));
        assertEquals(
            declared(DeclaredInterests.MOST), declared(DeclaredInterests.MOST).plus(new DeclaredInterests(others))
        );
        others.add(others.get(0));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new DeclaredInterests(others));
        assertEquals("at most [16] interests are declared, but there are [17]", e.getMessage());
    }

    @Test
    void interestsOfAnotherDimensionThanTheEvidenceAreRefused() {
        DeclaredInterests shorter = new DeclaredInterests(
            List.of(new DeclaredInterests.Interest("tea", new float[]{ 1, 0 }))
        );
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> known().declaring(shorter));
        assertEquals("a declared interest of [2] dimensions for a profile of [16]", e.getMessage());
        Profile declaring = Profile.empty(HALF_LIVES).declaring(shorter);
        assertEquals(
            16, declaring.declaring(declared(1)).dimension(),
            "where there is no evidence, what was declared before does not matter"
        );
        e = assertThrows(IllegalArgumentException.class, () -> Histories.plus(declaring, at(1)));
        assertEquals("evidence of [16] dimensions for a profile of [2]", e.getMessage());
    }

    @Test
    void allOfItIsStored() {
        Profile once = MergeSteps
            .absorb(known(), new ConsentState.Absorbed(1, 2), known(), Histories.origin(DIMENSION), Histories.RULES);
        Profile full = MergeSteps.leave(once.declaring(declared(16)).optedOut(true), "target", 3)
            .declaring(declared(2));
        Profile back = ProfileFormat.read(ProfileFormat.write(full));
        assertEquals(back, ProfileFormat.read(ProfileFormat.write(back)), "once halved, it stays as it is");
        assertEquals(full.consent().absorbed(), back.consent().absorbed());
        assertTrue(back.consent().optOut());
        Profile left = back.consent().leaving().profile();
        assertEquals(once.longTerm(), left.longTerm());
        for (int i = 0; i < 16; i++) {
            assertEquals("interest " + i, left.declared().list().get(i).text());
            assertTrue(
                Vectors.cosine(declared(16).list().get(i).vector(), left.declared().list().get(i).vector()) > 0.9999999
            );
        }
    }
}
