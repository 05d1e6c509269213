package org.opensearch.interest.core.experiment;

import org.opensearch.interest.core.experiment.ShownPage.Deed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One user's pages, and what the user did. Each thing done is credited to one place at most: that on the latest page
 * that led to it. Not for several threads.
 */
public final class UserPages {
    /** More is no human user: about 300 pages of ten per day, for a month. */
    public static final int MOST = 100_000;
    /** Only the latest pages that showed an item can get the credit for it. */
    private static final int LOOKED_BACK = 100;

    /** An item on a page, and whether anything came of it. */
    static final class Place {
        final ShownPage page;
        final long position;
        boolean clicked;
        boolean converted;

        Place(ShownPage page, long position, boolean clicked) {
            this.page = page;
            this.position = position;
            this.clicked = clicked;
        }
    }

    private record Credit(String item, String search, String team) {}

    private final List<ShownPage> pages = new ArrayList<>();
    private final List<Deed> deeds = new ArrayList<>();
    private int size;

    /** In any order. */
    public void add(ShownPage page) {
        if (count(page.items().size())) {
            pages.add(page);
        }
    }

    /** In any order. */
    public void add(Deed deed) {
        if (count(1)) {
            deeds.add(deed);
        }
    }

    private boolean count(int more) {
        size += more;
        if (isTooMany()) {
            pages.clear();
            deeds.clear();
        }
        return isTooMany() == false;
    }

    /** Whether the user is to be left out; nothing is kept of them then. */
    public boolean isTooMany() {
        return size > MOST;
    }

    List<ShownPage> pages() {
        return pages;
    }

    /** Every place on every page, once all is known. */
    void places(Consumer<Place> each) {
        Map<String, List<Place>> byItem = new HashMap<>();
        List<Place> all = new ArrayList<>();
        pages.sort(Comparator.comparingLong(ShownPage::time));
        for (ShownPage page : pages) {
            for (int i = 0; i < page.items().size(); i++) {
                String item = page.items().get(i);
                Place place = new Place(page, page.first() + i, page.clicked().contains(item));
                all.add(place);
                byItem.computeIfAbsent(item, first -> new ArrayList<>()).add(place);
            }
        }
        for (Deed deed : deeds) {
            credit(byItem.getOrDefault(deed.item(), List.of()), deed);
        }
        all.forEach(each);
    }

    private static void credit(List<Place> places, Deed deed) {
        for (int i = places.size() - 1; i >= Math.max(0, places.size() - LOOKED_BACK); i--) {
            Place place = places.get(i);
            if (place.page.ledTo(deed)) {
                place.clicked = true;
                place.converted |= deed.conversion();
                return;
            }
        }
    }

    /** How many picks of each team the user took up; the same item of the same search counts once. */
    Map<String, Long> credits() {
        Set<Credit> credited = new HashSet<>();
        Map<String, Long> credits = new HashMap<>();
        for (Deed deed : deeds) {
            String search = deed.queryId() != null ? deed.queryId() : deed.session();
            if (deed.team() != null && credited.add(new Credit(deed.item(), search, deed.team()))) {
                credits.merge(deed.team(), 1L, Long::sum);
            }
        }
        return credits;
    }
}
