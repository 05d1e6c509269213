package org.opensearch.interest.core.experiment;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.experiment.ShownPage.Deed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which click came of which page, and what is counted of it. */
class FeedbackCountsTest {
    private static final long MINUTE = 60_000;

    private static ShownPage page(
        long time, String query, String session, String variant, long first, String... items
    ) {
        return new ShownPage(time, query, session, variant, first, List.of(items), Set.of());
    }

    private static Deed click(long time, String query, String session, String item) {
        return new Deed(time, query, session, item, false, null);
    }

    private static FeedbackCounts of(Object... pagesAndDeeds) {
        FeedbackCounts feedback = new FeedbackCounts();
        feedback.add(user(pagesAndDeeds));
        return feedback;
    }

    private static UserPages user(Object... pagesAndDeeds) {
        UserPages user = new UserPages();
        for (Object one : pagesAndDeeds) {
            if (one instanceof ShownPage page) {
                user.add(page);
            } else {
                user.add((Deed) one);
            }
        }
        return user;
    }

    private static long clicks(FeedbackCounts feedback) {
        return feedback.total().all().clicks().successes();
    }

    @Test
    void aDeedBelongsToThePageThatBothNameOrToTheLastHalfHour() {
        ShownPage named = page(0, "q1", "s1", null, 0, "a", "b");
        assertEquals(1, clicks(of(named, click(90 * MINUTE, "q1", null, "a"))));
        assertEquals(0, clicks(of(named, click(MINUTE, "q2", "s1", "a"))), "another search");
        assertEquals(1, clicks(of(named, click(90 * MINUTE, null, "s1", "a"))), "no search named: the session");
        assertEquals(0, clicks(of(named, click(MINUTE, null, "s2", "a"))));
        assertEquals(1, clicks(of(named, click(30 * MINUTE, null, null, "a"))), "nothing named: the time");
        assertEquals(0, clicks(of(named, click(30 * MINUTE + 1, null, null, "a"))));
        assertEquals(
            0, clicks(of(page(MINUTE, null, null, null, 0, "a"), click(0, null, null, "a"))), "before it was shown"
        );
        assertEquals(0, clicks(of(named, click(0, "q1", "s1", "z"))), "was not shown");
    }

    @Test
    void itIsCreditedToTheLatestPageOnceAndAPlaceIsClickedOnce() {
        FeedbackCounts feedback = of(
            page(0, null, null, "plain", 0, "a", "b"), page(5 * MINUTE, null, null, "personal", 0, "b", "a"),
            click(6 * MINUTE, null, null, "a"), click(7 * MINUTE, null, null, "a")
        );
        assertEquals(0, feedback.variants().get("plain").all().clicks().successes());
        assertEquals(1, feedback.variants().get("personal").all().clicks().successes());
        assertEquals(1, feedback.variants().get("personal").at(1).clicks().successes());
        assertEquals(0, feedback.variants().get("personal").at(0).clicks().successes());
        assertNull(feedback.variants().get("personal").at(2));
        assertEquals(1, feedback.usersOfSeveral());
        assertEquals(4, feedback.total().all().clicks().trials());
        assertEquals(2, feedback.total().pages());
    }

    @Test
    void whatAPageKnowsToBeClickedCountsAndSoDoConversionsOfAnItemShownTwice() {
        ShownPage page = new ShownPage(0, "q", null, null, 10, List.of("a", "b", "a", "c"), Set.of("b"));
        FeedbackCounts feedback = of(page, new Deed(1, "q", null, "a", true, null));
        assertEquals(3, feedback.total().all().clicks().trials());
        assertEquals(2, clicks(feedback), "who buys from the page clicked through");
        assertEquals(1, feedback.total().all().conversions().successes());
        assertEquals(
            1, feedback.total().at(10).conversions().successes(), "positions are those of the list that goes on"
        );
    }

    @Test
    void theOrderInWhichEventsAreReadDoesNotMatter() {
        Random random = new Random(3);
        List<Object> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(page(i * 7L * MINUTE, null, null, "v" + i % 3, 0, "a" + i % 4, "b" + i % 5));
            events.add(
                new Deed(i * 5L * MINUTE, null, null, (i % 2 == 0 ? "a" : "b") + random.nextInt(4), i % 3 == 0, null)
            );
        }
        long clicks = clicks(of(events.toArray()));
        assertTrue(clicks > 5);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(events, random);
            assertEquals(clicks, clicks(of(events.toArray())));
        }
    }

    @Test
    void picksThatAreTakenUpAreCreditedToTheirTeamOnce() {
        FeedbackCounts feedback = new FeedbackCounts();
        feedback.add(
            user(
                team("q1", "a", "personal"), team("q1", "a", "personal"), team("q1", "b", "plain"),
                team("q2", "a", "personal")
            )
        );
        feedback.add(user(team("q1", "a", "personal"), team("q1", "b", "plain")));
        feedback.add(user(team("q1", "a", "plain")));
        feedback.add(user(team("q1", "a", null)));
        assertEquals(Map.of("personal", 1L, "plain", 1L), feedback.wins());
        assertEquals(1, feedback.ties());
        assertEquals(new PairedPreference(1, 1, 1), feedback.preference("personal", "plain"));
    }

    private static Deed team(String query, String item, String team) {
        return new Deed(0, query, null, item, false, team);
    }

    @Test
    void whoDoesMoreThanAPersonCanIsLeftOutAndVariantsAreBounded() {
        UserPages robot = new UserPages();
        for (int i = 0; i <= UserPages.MOST; i++) {
            robot.add(click(i, null, null, "a"));
        }
        FeedbackCounts feedback = new FeedbackCounts();
        feedback.add(robot);
        assertEquals(1, feedback.usersLeftOut());
        assertEquals(0, feedback.users());
        for (int i = 0; i < FeedbackCounts.VARIANTS + 5; i++) {
            feedback.add(user(page(0, null, null, "variant" + i, 0, "a")));
        }
        assertEquals(FeedbackCounts.VARIANTS, feedback.variants().size());
        assertEquals(5, feedback.pagesOfOtherVariants());
        assertEquals(FeedbackCounts.VARIANTS + 5, feedback.total().pages());
    }

    @Test
    void anItemShownAndClickedTenThousandTimesTakesNoMinute() {
        UserPages user = new UserPages();
        for (int i = 0; i < 10_000; i++) {
            user.add(page(i, "q" + i, null, null, 0, "a"));
            user.add(click(20_000, "q0", null, "a"));
        }
        FeedbackCounts feedback = new FeedbackCounts();
        feedback.add(user);
        assertEquals(0, clicks(feedback), "the first of them is too long ago");
    }
}
