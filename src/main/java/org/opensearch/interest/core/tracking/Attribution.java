package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.profile.DecayedSum;
import org.opensearch.interest.core.profile.DynamicInterest;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.util.List;
import java.util.Locale;

/**
 * Divides an item's interest score among the parts of a user's interest, and among the events behind them.
 *
 * <p>The parts are {@link PersonalFunction#contributions}: together they are the score without the neutral ½. Within a
 * part the division is linear: each part's z is q · (x − μ), and q, with the lengths of its halves fixed, is a sum over
 * the events ({@link Geometry#attributionVector}). So an event takes of each part what it adds to the part's z. For the
 * dynamic interest this is exact. A topic is an estimate, and does not know its events: an event counts for the topic
 * that it is most like now, which is where it would be taken from.
 *
 * <p>Immutable, thread-safe. Cost: one cosine an event and topic when made; an item costs two products of matrix and
 * vector a part, and two dot products an event.
 */
public final class Attribution {
    private static final double NOTHING = 1e-9;

    /** Kind of a component of the interest. */
    public enum Kind {
        /** all that the user did, as one direction */
        DYNAMIC,
        /** one of the things that they are interested in */
        TOPIC,
        /** one that they said themselves */
        DECLARED,
        /** one that they turned down */
        AGAINST,
        /** what was shown to no avail */
        SKIPPED,
        /** what goes with the user's items, for others */
        RELATED,
        /** what many take up */
        POPULAR,
        /** what the user took up before */
        REPEAT;

        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param topic the topic's id; −1 where it is none
     * @param label what it is called; may be empty
     * @param sum   the evidence it is made of
     */
    public record Component(Kind kind, int topic, List<String> label, DecayedSum sum) {}

    /**
     * An item's score, divided.
     *
     * @param interest the score
     * @param parts    what each part adds to the neutral ½, in the order of {@link Attribution#parts}, and then what is
     *                 related, popular and repeated; together interest − ½
     * @param events   what each event adds, in the order in which they were given; the rest is that of what was not
     *                 given
     */
    public record Divided(float interest, double[] parts, double[] events) {}

    /**
     * An event's place.
     *
     * @param seen   its vector without the mean of its kind
     * @param recent what it weighs by the short-term half-life; 0 for evidence against
     * @param lasts  by the long-term one
     * @param part   the topic that it counts for; 0 for none
     * @param weight in that
     */
    private record Placed(float[] seen, double recent, double lasts, int part, double weight) {}

    private final Geometry geometry;
    private final double alpha;
    private final PersonalFunction function;
    private final List<Component> parts;
    private final float[][] evidence;
    private final float[] recent;
    private final List<Placed> events;

    /**
     * @param alpha the effective one
     * @param parts one a direction of the function, in their order; the first is the dynamic interest's lasting half
     */
    Attribution(
        Geometry geometry, Profile profile, long at, double alpha, PersonalFunction function, List<Component> parts,
        List<Evidence> events
    ) {
        if (parts.size() != function.directions().size()) {
            throw new IllegalArgumentException(
                "[" + parts.size() + "] parts of [" + function.directions().size() + "] directions"
            );
        }
        this.geometry = geometry;
        this.alpha = alpha;
        this.function = function;
        this.parts = List.copyOf(parts);
        this.evidence = parts.stream().map(part -> centred(part.sum(), at)).toArray(float[][]::new);
        this.recent = centred(profile.shortTerm(), at);
        this.events = events.stream().map(event -> placed(event, profile, at)).toList();
    }

    /** In the order of the function's directions. */
    public List<Component> parts() {
        return parts;
    }

    public int dimension() {
        return function.dimension();
    }

    /** As the function scores it. */
    public float score(float[] unit) {
        return score(unit, ItemBoost.NONE);
    }

    /** The same of an item that more speaks for, or that has no vector: then null. */
    public float score(float[] unit, ItemBoost item) {
        return function.score(unit == null ? null : function.dots(unit), item.sum());
    }

    private float[] centred(DecayedSum sum, long at) {
        if (DynamicInterest.direction(sum, geometry) == null) {
            return new float[geometry.dimension()];
        }
        return Vectors.scaled(sum.centred(geometry.itemMean(), geometry.textMean()), sum.mass(at) / sum.storedMass());
    }

    private Placed placed(Evidence event, Profile profile, long at) {
        float[] mean = event.source() == Evidence.Source.ITEM ? geometry.itemMean() : geometry.textMean();
        float[] seen = Vectors.plusScaled(event.vector(), -1, mean);
        boolean passedOver = event.weight() < 0 && event.type().equals(Evidence.IMPRESSION);
        Kind kind = event.weight() > 0 ? Kind.TOPIC : passedOver ? Kind.SKIPPED : Kind.AGAINST;
        int part = event.weight() == 0 ? 0 : nearest(seen, kind);
        long longTerm = profile.longTerm().halfLife();
        double weight = Math.abs(event.weight());
        long age = at - event.timestamp();
        boolean speaksFor = event.weight() > 0;
        return new Placed(
            seen, speaksFor ? weight * faded(age, profile.shortTerm().halfLife()) : 0,
            speaksFor ? weight * faded(age, event.halfLife() == Evidence.LONG_TERM ? longTerm : event.halfLife()) : 0,
            part, part == 0 ? 0 : weight * faded(age, parts.get(part).sum().halfLife())
        );
    }

    private static double faded(long age, long halfLife) {
        return Math.pow(2, -(double) age / halfLife);
    }

    private int nearest(float[] seen, Kind kind) {
        int nearest = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < parts.size(); i++) {
            double cosine = parts.get(i).kind() == kind ? Vectors.cosine(seen, evidence[i]) : Double.NEGATIVE_INFINITY;
            if (cosine > highest) {
                highest = cosine;
                nearest = i;
            }
        }
        return nearest;
    }

    /** @param unit an item's vector, of unit length and as many dimensions as the profile's */
    public Divided of(float[] unit) {
        return of(unit, ItemBoost.NONE);
    }

    /**
     * The same of an item that more speaks for: events carry content alone.
     *
     * @param unit null for an item without a vector
     */
    public Divided of(float[] unit, ItemBoost item) {
        float[] dots = unit == null ? null : function.dots(unit);
        float[] contributions = function.contributions(dots, item);
        double[] adds = new double[contributions.length];
        double[] ofEvents = new double[events.size()];
        for (int part = 0; part < adds.length; part++) {
            adds[part] = contributions[part];
            if (adds[part] != 0 && part < parts.size() && unit != null) {
                divide(part, adds[part], Vectors.plusScaled(unit, -1, geometry.itemMean()), ofEvents);
            }
        }
        return new Divided(score(unit, item), adds, ofEvents);
    }

    private void divide(int part, double adds, float[] target, double[] ofEvents) {
        float[] lasting = attributionVector(evidence[part], target);
        if (part > 0) {
            double whole = Vectors.dot(evidence[part], lasting);
            for (int i = 0; i < ofEvents.length && Math.abs(whole) > NOTHING; i++) {
                Placed event = events.get(i);
                ofEvents[i] += event.part() == part ? adds * event.weight() * Vectors.dot(event.seen(), lasting) / whole
                    : 0;
            }
            return;
        }
        float[] lately = Vectors.scaled(attributionVector(recent, target), alpha);
        lasting = Vectors.scaled(lasting, 1 - alpha);
        double whole = Vectors.dot(recent, lately) + Vectors.dot(evidence[0], lasting);
        for (int i = 0; i < ofEvents.length && Math.abs(whole) > NOTHING; i++) {
            Placed event = events.get(i);
            double z = event.recent() * Vectors.dot(event.seen(), lately)
                + event.lasts() * Vectors.dot(event.seen(), lasting);
            ofEvents[i] += adds * z / whole;
        }
    }

    private float[] attributionVector(float[] sum, float[] target) {
        return Vectors.norm(sum) == 0 ? sum : geometry.attributionVector(sum, target);
    }
}
