package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.DeclaredInterests;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.TopicSettings;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.Vectors;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What people declare, as a search sees it. */
class DeclaredInterestsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final float[] EAST = { 1, 0, 0, 0 };
    private static final float[] NORTH = { 0, 1, 0, 0 };
    private static final float[] UP = { 0, 0, 1, 0 };
    private static final Tracker TRACKER = TrackerJson
        .read("shop", "uid", Map.of("items", Map.of("index", "products")));
    /** Texts lie around another middle than items. */
    private static final float[] TEXT_MEAN = { 0, 0, 0, 0.5f };
    private static final Geometry GEOMETRY = Geometry
        .of(new Moments(new float[4], TEXT_MEAN, SymmetricMatrix.identity(4, 0.25f)));
    private final InterestFunctions interests = new InterestFunctions((tracker, dimension) -> GEOMETRY);

    private static Profile declaring(float[]... vectors) {
        List<DeclaredInterests.Interest> list = new java.util.ArrayList<>();
        for (float[] vector : vectors) {
            list.add(new DeclaredInterests.Interest("interest " + list.size(), vector));
        }
        return Profile.empty(TRACKER.halfLives()).declaring(new DeclaredInterests(list));
    }

    private static Profile clicking(Profile profile, int clicks, float[] vector) {
        Profile clicked = profile;
        for (int i = 0; i < clicks; i++) {
            Evidence click = new Evidence(vector, Evidence.Source.ITEM, 1, NOW, OptionalLong.empty());
            clicked = clicked
                .plus(click, new CatalogueCentre(GEOMETRY.itemMean(), GEOMETRY.textMean()), new TopicSettings(8, 0.35));
        }
        return clicked;
    }

    @Test
    void aUserWithoutEventsIsPersonalAtOnce() {
        PersonalFunction function = interests.function(TRACKER, declaring(EAST, NORTH), NOW).orElseThrow();
        assertEquals(2, function.topics().size());
        assertEquals(0.75f, function.confidence(), 1e-6f, "two clicks' worth");
        assertTrue(score(function, EAST) > 0.5f && score(function, NORTH) > 0.5f);
        assertEquals(score(function, EAST), score(function, NORTH), 1e-6f);
        assertTrue(score(function, UP) < score(function, EAST));
    }

    @Test
    void textsAreCentredByTheirOwnMean() {
        PersonalFunction function = interests.function(TRACKER, declaring(EAST), NOW).orElseThrow();
        float[] expected = Vectors.unit(Vectors.plusScaled(EAST, -1, TEXT_MEAN));
        assertArrayEquals(expected, Vectors.unit(function.dynamic().direction()), 1e-5f);
        assertArrayEquals(expected, Vectors.unit(function.topics().get(0).direction()), 1e-5f);
    }

    @Test
    void itStandsBesideWhatWasLearnedByItsOwnMass() {
        assertEquals(
            3, interests.function(TRACKER, clicking(declaring(EAST, NORTH), 1, UP), NOW).orElseThrow().topics().size()
        );
        PersonalFunction busy = interests.function(TRACKER, clicking(declaring(EAST), 20, UP), NOW).orElseThrow();
        double full = Vectors.norm(busy.topics().get(0).direction());
        assertEquals(
            0.5, Vectors.norm(busy.topics().get(1).direction()) / full, 0.01,
            "a tenth of the largest's mass is a full voice, a twentieth half"
        );
    }

    @Test
    void whoOptedOutIsNobody() {
        assertTrue(interests.function(TRACKER, declaring(EAST).optedOut(true), NOW).isEmpty());
        assertTrue(interests.function(TRACKER, declaring(EAST).forgotten(NOW), NOW).isEmpty());
    }

    private static float score(PersonalFunction function, float[] item) {
        float[] dots = new float[function.directions().size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (float) Vectors.dot(function.directions().get(i), item);
        }
        return function.score(dots);
    }
}
