package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.ranking.ComponentWeights;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Configuration of a tracker: items, model, signals, half-lives and what was fitted to it.
 *
 * @param name        unique in the cluster
 * @param uid         given at creation and kept by updates: a tracker that is deleted and made anew starts with no
 *                    profiles
 * @param items       where the items are
 * @param modelId     the model whose vectors the items carry, and that embeds texts that users search
 * @param signals     weight by event type; below zero is evidence against
 * @param halfLives   how fast belief fades, for some signals at a pace of their own
 * @param alpha       how much recent evidence counts against lasting interest where there is plenty of it, in [0,1]
 * @param geometry    whether the shape of the catalogue is taken into account
 * @param topics      how many interests a profile tells apart
 * @param blend       how much each part of an interest counts beside the others
 * @param history     whether single events are kept, and how long
 * @param hashUserIds whether user ids are hashed with the cluster's secret
 * @param userKey     what they are hashed with; null where they are not, and where no profile is to be read
 * @param fit         which geometry was fitted to the items last; not part of what users configure
 * @param tuned       the evaluation that chose the settings by which interest is read; null where people chose them
 * @param experiment  which ways of ranking are compared, and on whom; null where none are
 */
public record Tracker(
    String name,
    String uid,
    Items items,
    String modelId,
    Map<String, Double> signals,
    HalfLives halfLives,
    double alpha,
    GeometryMode geometry,
    Topics topics,
    ComponentWeights blend,
    History history,
    boolean hashUserIds,
    UserKey userKey,
    Fit fit,
    Tuned tuned,
    Experiment experiment
) {
    /**
     * @param index       an index or alias
     * @param vectorField of type interest_vector or knn_vector
     * @param titleField  null where items have no title
     */
    public record Items(String index, String vectorField, String titleField) {
        /** Whether the other's vectors are these. */
        public boolean sameVectors(Items other) {
            return index.equals(other.index) && vectorField.equals(other.vectorField);
        }
    }

    /**
     * @param version      grows with every fit of the tracker, and whenever its items become others
     * @param items        how many items the catalogue had when it was fitted; 0 where it was not yet
     * @param modelVersion version of the model's files that made the items' vectors, as the node had them at the last
     *                     calibration by request; null if unknown
     */
    public record Fit(long version, long items, String modelVersion) {
        public static final Fit NONE = new Fit(0, 0);

        public Fit(long version, long items) {
            this(version, items, null);
        }

        public Fit {
            if (version < 0 || items < 0) {
                throw new IllegalArgumentException("a fit of version [" + version + "] to [" + items + "] items");
            }
        }

        /** Nothing is fitted to the tracker's items. */
        public boolean isNone() {
            return items == 0;
        }

        /** Of other items, of which nothing is known yet. */
        public Fit forgotten() {
            return new Fit(version + 1, 0);
        }

        public Fit next(long fittedItems, String ofModelVersion) {
            return new Fit(version + 1, fittedItems, ofModelVersion);
        }

        /**
         * Whether a catalogue of that many items is another than the one that was fitted: by half as many more, or
         * fewer.
         */
        public boolean outgrownBy(long now) {
            return now > 0 && 2 * Math.abs(now - items) >= items;
        }
    }

    /**
     * @param max        in [1,64]
     * @param similarity the cosine from which an event belongs to a topic, in [0,1]
     */
    public record Topics(int max, double similarity) {}

    /**
     * @param enabled   whether events are kept from now on; those that are kept already stay until their time is over
     * @param retention how long after they happened, in milliseconds, > 0
     */
    public record History(boolean enabled, long retention) {
        public History {
            if (retention <= 0) {
                throw new IllegalArgumentException("a retention must be longer than 0 ms, but was [" + retention + "]");
            }
        }

        /** The time from which on events are kept still. */
        public long since(long now) {
            return now - retention;
        }
    }

    /**
     * Settings that an evaluation applied, with the evidence for them.
     *
     * @param report its id
     * @param metric such as ndcg@10
     * @param before by the settings it replaced, on events that chose nothing
     * @param after  by those in use
     * @param low    of the 95 % interval of the difference, above 0
     * @param high   of it
     * @param at     when they were put to use, in milliseconds since 1970
     */
    public record Tuned(String report, String metric, double before, double after, double low, double high, long at) {
        public Tuned {
            Objects.requireNonNull(report, "report");
            Objects.requireNonNull(metric, "metric");
        }
    }

    /** Whether interest is read through the shape of the catalogue's vectors. */
    public enum GeometryMode {
        /**
         * fitted to the items, and before that the model's own prior, where the items carry vectors of its dimension
         */
        AUTO,
        /** plain cosine */
        OFF
    }

    public Tracker {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(items, "items");
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(halfLives, "halfLives");
        Objects.requireNonNull(geometry, "geometry");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(blend, "blend");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(fit, "fit");
        // sorted, so that what is shown has an order to rely on
        signals = java.util.Collections.unmodifiableMap(new TreeMap<>(signals));
    }

    public Tracker withFit(Fit newFit) {
        return with(halfLives, alpha, geometry, topics, blend, userKey, newFit, tuned);
    }

    public Tracker withUserKey(UserKey key) {
        return with(halfLives, alpha, geometry, topics, blend, key, fit, tuned);
    }

    /** Interest read by other settings, which no evaluation chose. */
    public Tracker withReading(HalfLives newHalfLives, double newAlpha, GeometryMode newGeometry, Topics newTopics) {
        return with(newHalfLives, newAlpha, newGeometry, newTopics, blend, userKey, fit, null);
    }

    /** Other weights of the parts, which no evaluation chose. */
    public Tracker withBlend(ComponentWeights newBlend) {
        return with(halfLives, alpha, geometry, topics, newBlend, userKey, fit, null);
    }

    public Tracker withTuned(Tuned evidence) {
        return with(halfLives, alpha, geometry, topics, blend, userKey, fit, evidence);
    }

    /** Whether interest is read by the other's settings. */
    public boolean readsAs(Tracker other) {
        return halfLives.equals(other.halfLives) && alpha == other.alpha && geometry == other.geometry
            && topics.equals(other.topics) && blend.equals(other.blend);
    }

    private Tracker with(
        HalfLives newHalfLives, double newAlpha, GeometryMode newGeometry, Topics newTopics, ComponentWeights newBlend,
        UserKey key, Fit newFit, Tuned evidence
    ) {
        return new Tracker(
            name, uid, items, modelId, signals, newHalfLives, newAlpha, newGeometry, newTopics, newBlend, history,
            hashUserIds, key, newFit, evidence, experiment
        );
    }
}
