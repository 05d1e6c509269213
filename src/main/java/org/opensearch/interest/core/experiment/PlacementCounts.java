package org.opensearch.interest.core.experiment;

/** Counts of shown places and of engagement, on pages of one kind. Not for several threads. */
public final class PlacementCounts {
    private final UserRates clicks = new UserRates();
    private final UserRates conversions = new UserRates();

    /** Places that a single user saw and engaged with; a user is added once. */
    static final class Counts {
        private long shown;
        private long clicked;
        private long converted;

        void add(UserPages.Place place) {
            shown++;
            clicked += place.clicked ? 1 : 0;
            converted += place.converted ? 1 : 0;
        }
    }

    void add(Counts user) {
        clicks.add(user.shown, user.clicked);
        conversions.add(user.shown, user.converted);
    }

    /** Of places, those whose item was taken up. */
    public UserRates clicks() {
        return clicks;
    }

    /** Of places, those whose item led to what a shop hopes for. */
    public UserRates conversions() {
        return conversions;
    }
}
