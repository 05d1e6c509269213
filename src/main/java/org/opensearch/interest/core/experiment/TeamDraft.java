package org.opensearch.interest.core.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Two rankings as one list, in which each has its picks: team-draft interleaving (Radlinski, Kurup and Joachims, CIKM
 * 2008). As two captains choose players, a coin says who picks first in each round, and a pick is the best item of a
 * ranking that is not taken. So whatever a user's patience, both teams stand equally high on average, and whose items
 * are clicked more often ranks better. Stateless.
 */
public final class TeamDraft {
    private TeamDraft() {}

    /** Whose pick an item is. */
    public enum Team {
        FIRST,
        SECOND,
        /** no team's item: added when one ranking was exhausted and the teams would be uneven */
        NEITHER
    }

    public record Pick<T>(T item, Team team) {}

    /**
     * @param first  best first; an item that stands in it twice counts once
     * @param second likewise
     * @param seed   the same for all pages of a search
     * @return every item of both, once
     */
    public static <T> List<Pick<T>> draft(List<T> first, List<T> second, long seed) {
        SplittableRandom coin = new SplittableRandom(seed);
        Set<T> taken = new HashSet<>();
        List<Pick<T>> picks = new ArrayList<>();
        Iterator<T> ones = first.iterator();
        Iterator<T> others = second.iterator();
        while (true) {
            boolean firstBegins = coin.nextBoolean();
            if (pick(firstBegins ? ones : others, firstBegins ? Team.FIRST : Team.SECOND, taken, picks) == false
                || pick(firstBegins ? others : ones, firstBegins ? Team.SECOND : Team.FIRST, taken, picks) == false) {
                break;
            }
        }
        while (pick(ones, Team.NEITHER, taken, picks) || pick(others, Team.NEITHER, taken, picks)) {
            // one of them is empty already
        }
        return picks;
    }

    private static <T> boolean pick(Iterator<T> ranking, Team team, Set<T> taken, List<Pick<T>> picks) {
        while (ranking.hasNext()) {
            T item = ranking.next();
            if (taken.add(item)) {
                picks.add(new Pick<>(item, team));
                return true;
            }
        }
        return false;
    }
}
