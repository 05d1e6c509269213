package org.opensearch.interest.core.experiment;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.experiment.TeamDraft.Pick;
import org.opensearch.interest.core.experiment.TeamDraft.Team;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a drafted list promises, held against seeded chance. */
class TeamDraftLawsTest {
    private final Random random = new Random(5);

    private List<Integer> ranking() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(i);
        }
        Collections.shuffle(all, random);
        return new ArrayList<>(all.subList(0, random.nextInt(31)));
    }

    @Test
    void everyItemOfBothStandsInItOnce() {
        for (int round = 0; round < 500; round++) {
            List<Integer> first = ranking();
            List<Integer> second = ranking();
            List<Integer> items = TeamDraft.draft(first, second, round).stream().map(Pick::item).toList();
            Set<Integer> wanted = new HashSet<>(first);
            wanted.addAll(second);
            assertEquals(wanted, new HashSet<>(items));
            assertEquals(wanted.size(), items.size());
        }
    }

    @Test
    void everyBeginningIsBalancedAndEachPickIsTheBestThatWasLeft() {
        for (int round = 0; round < 500; round++) {
            List<Integer> first = ranking();
            List<Integer> second = ranking();
            int lead = 0;
            boolean over = false;
            Set<Integer> taken = new HashSet<>();
            for (Pick<Integer> pick : TeamDraft.draft(first, second, round)) {
                if (pick.team() == Team.NEITHER) {
                    over = true;
                } else {
                    assertTrue(over == false, "no picks behind the draft");
                    lead += pick.team() == Team.FIRST ? 1 : -1;
                    List<Integer> ranking = pick.team() == Team.FIRST ? first : second;
                    assertEquals(
                        ranking.stream().filter(item -> taken.contains(item) == false).findFirst().orElseThrow(),
                        pick.item()
                    );
                }
                assertTrue(Math.abs(lead) <= 1);
                taken.add(pick.item());
            }
        }
    }

    @Test
    void theSeedDecidesAndBothStandEquallyHigh() {
        List<Integer> first = List.of(1, 2, 3, 4, 5, 6);
        List<Integer> second = List.of(6, 5, 4, 3, 2, 1);
        int lists = 4_000;
        int[] atPlace = new int[6];
        for (int seed = 0; seed < lists; seed++) {
            List<Pick<Integer>> picks = TeamDraft.draft(first, second, seed);
            assertEquals(picks, TeamDraft.draft(first, second, seed));
            for (int place = 0; place < 6; place++) {
                atPlace[place] += picks.get(place).team() == Team.FIRST ? 1 : 0;
            }
        }
        for (int count : atPlace) {
            assertEquals(0.5, count / (double) lists, 5 * Math.sqrt(0.25 / lists));
        }
    }

    /**
     * Clicks of somebody who reads from the top and likes some items, whoever picked them, are credited to the ranking
     * that has these further up.
     */
    @Test
    void theBetterRankingIsCreditedMoreAndEqualOnesEqually() {
        assertTrue(lead(0, 8) > 0.1);
        assertTrue(lead(8, 0) < -0.1);
        assertEquals(0, lead(8, 8), 0.03);
    }

    /** By how much more users the first wins than the second, where liked items stand from those places on. */
    private double lead(int likedInFirst, int likedInSecond) {
        int users = 4_000;
        int lead = 0;
        for (int user = 0; user < users; user++) {
            List<Integer> first = withLikedAt(likedInFirst);
            List<Integer> second = withLikedAt(likedInSecond);
            int credit = 0;
            for (Pick<Integer> pick : TeamDraft.draft(first, second, user).subList(0, 10)) {
                if (pick.item() < 5 && random.nextDouble() < 0.4) {
                    credit += pick.team() == Team.FIRST ? 1 : -1;
                }
            }
            lead += Integer.signum(credit);
        }
        return lead / (double) users;
    }

    private List<Integer> withLikedAt(int place) {
        List<Integer> others = new ArrayList<>();
        for (int i = 5; i < 20; i++) {
            others.add(i);
        }
        Collections.shuffle(others, random);
        List<Integer> liked = new ArrayList<>(List.of(0, 1, 2, 3, 4));
        Collections.shuffle(liked, random);
        others.addAll(place, liked);
        return others;
    }
}
