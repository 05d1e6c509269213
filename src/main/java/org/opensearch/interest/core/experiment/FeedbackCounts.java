package org.opensearch.interest.core.experiment;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of impressions and of the engagement that followed: in total, by variant, by position, by both, and by team if
 * a list was interleaved from two rankings. Users are added one by one; only sums are kept. Not for several threads.
 */
public final class FeedbackCounts {
    /** Positions told apart. */
    public static final int POSITIONS = 50;
    /** Variants told apart: callers name them, and a typo a page must not fill a heap. */
    public static final int VARIANTS = 32;

    /** Places on pages of one kind, and by position. */
    public static final class Group {
        private final PlacementCounts all = new PlacementCounts();
        private final PlacementCounts[] byPosition = new PlacementCounts[POSITIONS];
        private long pages;

        public PlacementCounts all() {
            return all;
        }

        public long pages() {
            return pages;
        }

        /** @return null where nothing was shown there */
        public PlacementCounts at(int position) {
            return byPosition[position];
        }

        private void add(UserGroup user) {
            pages += user.pages;
            all.add(user.all);
            for (int i = 0; i < POSITIONS; i++) {
                if (user.byPosition[i] != null) {
                    byPosition[i] = byPosition[i] == null ? new PlacementCounts() : byPosition[i];
                    byPosition[i].add(user.byPosition[i]);
                }
            }
        }
    }

    /** One user's part of a group. */
    private static final class UserGroup {
        private final PlacementCounts.Counts all = new PlacementCounts.Counts();
        private final PlacementCounts.Counts[] byPosition = new PlacementCounts.Counts[POSITIONS];
        private long pages;

        private void add(UserPages.Place place) {
            all.add(place);
            if (place.position < POSITIONS) {
                int position = (int) place.position;
                byPosition[position] = byPosition[position] == null ? new PlacementCounts.Counts()
                    : byPosition[position];
                byPosition[position].add(place);
            }
        }
    }

    private final Group total = new Group();
    private final Map<String, Group> variants = new TreeMap<>();
    private final Map<String, Long> wins = new TreeMap<>();
    private long ties;
    private long users;
    private long usersOfSeveral;
    private long usersLeftOut;
    private long pagesOfOtherVariants;

    /** One user with all of their pages, once. */
    public void add(UserPages user) {
        if (user.isTooMany()) {
            usersLeftOut++;
            return;
        }
        UserGroup all = new UserGroup();
        Map<String, UserGroup> own = new HashMap<>();
        user.pages().forEach(page -> {
            all.pages++;
            if (page.variant() != null) {
                own.computeIfAbsent(page.variant(), first -> new UserGroup()).pages++;
            }
        });
        user.places(place -> {
            all.add(place);
            if (place.page.variant() != null) {
                own.get(place.page.variant()).add(place);
            }
        });
        users += all.pages > 0 ? 1 : 0;
        usersOfSeveral += own.size() > 1 ? 1 : 0;
        total.add(all);
        own.forEach((variant, group) -> {
            if (variants.containsKey(variant) || variants.size() < VARIANTS) {
                variants.computeIfAbsent(variant, first -> new Group()).add(group);
            } else {
                pagesOfOtherVariants += group.pages;
            }
        });
        prefer(user.credits());
    }

    /** A user prefers the team of which they engaged with more items than of any other. */
    private void prefer(Map<String, Long> credits) {
        long most = credits.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<String> best = credits.keySet().stream().filter(team -> credits.get(team) == most).toList();
        if (best.size() > 1) {
            ties++;
        } else if (best.size() == 1 && (wins.containsKey(best.get(0)) || wins.size() < VARIANTS)) {
            wins.merge(best.get(0), 1L, Long::sum);
        }
    }

    public Group total() {
        return total;
    }

    /** By name. */
    public Map<String, Group> variants() {
        return Collections.unmodifiableMap(variants);
    }

    /** Users who preferred a team, by its name. */
    public Map<String, Long> wins() {
        return Collections.unmodifiableMap(wins);
    }

    /** Users who took up as much of two teams. */
    public long ties() {
        return ties;
    }

    /** Preferences of users who engaged with items of one of these teams, or equally with both. */
    public PairedPreference preference(String team, String other) {
        return new PairedPreference(wins.getOrDefault(team, 0L), wins.getOrDefault(other, 0L), ties);
    }

    /** Number of users with an impression. */
    public long users() {
        return users;
    }

    /**
     * Number of users who were shown more than one variant: a share was changed, or a caller sends its own variants.
     */
    public long usersOfSeveral() {
        return usersOfSeveral;
    }

    /** Number of users with more pages or actions than {@link UserPages#MOST}. */
    public long usersLeftOut() {
        return usersLeftOut;
    }

    /** Pages that belong to variants beyond {@link #VARIANTS}; they count in the total. */
    public long pagesOfOtherVariants() {
        return pagesOfOtherVariants;
    }
}
