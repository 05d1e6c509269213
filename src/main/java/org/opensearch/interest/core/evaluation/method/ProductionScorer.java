package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.SkippedImpressions;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.TopicSettings;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.tracking.InterestFunctions;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.vector.VectorTable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Content-based interest through the same classes that a search uses: profile, dynamic interest, scoring function. */
public final class ProductionScorer implements Scorer {
    private final Dataset data;
    private final ItemVectorSpace space;
    private final Tracker tracker;
    private final InterestFunctions interests;
    private final CatalogueCentre centre;
    private final TopicSettings rules;
    private final boolean standardised;

    public ProductionScorer(Dataset data, ItemVectorSpace space, Tracker tracker) {
        this(data, space, tracker, false);
    }

    /** @param standardised whether it gives an item's z-score and not its interest score: 0 if there is no evidence */
    public ProductionScorer(Dataset data, ItemVectorSpace space, Tracker tracker, boolean standardised) {
        this.data = data;
        this.space = space;
        this.standardised = standardised;
        this.tracker = tracker;
        Geometry geometry = tracker.geometry() == Tracker.GeometryMode.OFF ? Geometry.flat(space.dimension())
            : space.geometry();
        this.interests = new InterestFunctions((which, dimension) -> geometry);
        this.centre = new CatalogueCentre(geometry.itemMean(), geometry.textMean());
        this.rules = new TopicSettings(tracker.topics().max(), tracker.topics().similarity());
    }

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        Profile profile = Profile.empty(tracker.halfLives());
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            float[] vector = space.vector(data, event);
            if (vector != null) {
                Evidence.Source source = data.search(event) >= 0 ? Evidence.Source.TEXT : Evidence.Source.ITEM;
                profile = profile.plus(
                    evidence(vector, source, data.weight(event), data.time(event), data.type(event)), centre, rules
                );
            }
        }
        for (SkippedImpressions.Impression shown : data.impressions().before(c.user(), c.at())) {
            float[] vector = space.mean(shown.items());
            if (vector != null) {
                profile = profile.plus(
                    evidence(vector, Evidence.Source.ITEM, shown.weight(), shown.time(), shown.type()), centre, rules
                );
            }
        }
        Optional<PersonalFunction> function = interests.function(tracker, profile, c.at());
        function.ifPresent(f -> score(f, into));
    }

    private Evidence evidence(float[] vector, Evidence.Source source, double weight, long time, String type) {
        return new Evidence(
            vector, source, weight, time, OptionalLong.empty(), null, "", type, tracker.halfLives().of(type)
        );
    }

    private void score(PersonalFunction function, float[] into) {
        VectorTable table = space.plain();
        List<float[]> directions = function.directions();
        float[][] products = new float[directions.size()][into.length];
        for (int i = 0; i < products.length; i++) {
            table.products(directions.get(i), products[i]);
        }
        float[] dots = new float[products.length];
        for (int item = 0; item < into.length; item++) {
            for (int i = 0; i < dots.length; i++) {
                dots[i] = products[i][item];
            }
            boolean hasVector = space.item(item) != null;
            into[item] = standardised ? function.content(hasVector ? dots : null)
                : hasVector ? function.score(dots) : PersonalFunction.NEUTRAL;
        }
    }
}
