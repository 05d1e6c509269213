package org.opensearch.interest.cluster.store;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.admin.indices.delete.DeleteIndexAction;
import org.opensearch.action.admin.indices.delete.DeleteIndexRequest;
import org.opensearch.action.delete.DeleteAction;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.get.GetAction;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.index.IndexAction;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.common.UUIDs;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Trackers by name, each a document. Reads see the latest write. */
public final class TrackerStore {
    /** More trackers than one page: nobody reads such a list, and one needs a tracker per kind of item, not per user. */
    private static final int LISTED = 1_000;
    private static final String UID = "uid";
    private static final String CONFIGURATION = "configuration";
    /** Beside the configuration: a fit changes nothing that a user wrote. */
    private static final String FIT_VERSION = "geometry_version";
    private static final String FIT_ITEMS = "geometry_items";
    private static final String FIT_MODEL_VERSION = "geometry_model_version";
    private static final String USER_KEY = "user_key_check";
    /** The evaluation that chose the settings. */
    private static final String TUNED = "tuned";

    private final SystemClient client;
    private final InterestIndex indices;
    private final GeometryStore geometries;
    private final ItemMapping mapping;
    private final PrivacySecret secret;
    private final EvaluationStore evaluations;

    public TrackerStore(SystemClient client, InterestIndex indices, GeometryStore geometries, ItemMapping mapping, PrivacySecret secret) {
        this.client = client;
        this.indices = indices;
        this.geometries = geometries;
        this.mapping = mapping;
        this.secret = secret;
        this.evaluations = new EvaluationStore(client, indices);
    }

    /** Fails with 404 where there is no such tracker. */
    public void get(String name, ActionListener<Tracker> listener) {
        get(name, this::opened, listener);
    }

    private void get(String name, BiFunction<Tracker, GetResponse, Tracker> opening, ActionListener<Tracker> listener) {
        find(name, opening, ActionListener.wrap(found -> {
            if (found.isPresent()) {
                listener.onResponse(found.get());
            } else {
                listener.onFailure(unknown(name));
            }
        }, listener::onFailure));
    }

    public static ResourceNotFoundException unknown(String name) {
        return new ResourceNotFoundException("[interest] no [tracker] named [{}]; GET /_plugins/_interest/trackers lists those there are", name);
    }

    private void find(String name, BiFunction<Tracker, GetResponse, Tracker> opening, ActionListener<Optional<Tracker>> listener) {
        if (indices.exists(InterestIndex.TRACKERS) == false) {
            listener.onResponse(Optional.empty());
            return;
        }
        read(name, ActionListener.wrap(stored -> listener.onResponse(tracker(stored).map(tracker -> opening.apply(tracker, stored))), e -> {
            if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException) {
                listener.onResponse(Optional.empty());
            } else {
                listener.onFailure(e);
            }
        }));
    }

    private void read(String name, ActionListener<GetResponse> listener) {
        client.execute(GetAction.INSTANCE, new GetRequest(InterestIndex.TRACKERS, name).preference("_local"), listener);
    }

    private Tracker opened(Tracker tracker, GetResponse stored) {
        return secret.open(tracker, (String) stored.getSourceAsMap().get(USER_KEY));
    }

    private static Optional<Tracker> tracker(GetResponse stored) {
        return stored.isExists() ? Optional.of(read(stored.getId(), stored.getSourceAsMap())) : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static Tracker read(String name, Map<String, Object> source) {
        Tracker tracker = TrackerJson.read(name, (String) source.get(UID), (Map<String, Object>) source.get(CONFIGURATION));
        if (source.get(TUNED) instanceof Map<?, ?> tuned) {
            tracker = tracker.withTuned(tuned((Map<String, Object>) tuned));
        }
        return source.get(FIT_VERSION) instanceof Number version && source.get(FIT_ITEMS) instanceof Number items
            ? tracker.withFit(new Tracker.Fit(version.longValue(), items.longValue(), (String) source.get(FIT_MODEL_VERSION)))
            : tracker;
    }

    private static Tracker.Tuned tuned(Map<String, Object> json) {
        return new Tracker.Tuned(
            (String) json.get("report"), (String) json.get("metric"), number(json, "before"), number(json, "after"), number(json, "low"),
            number(json, "high"),
            ((Number) json.get("at")).longValue()
        );
    }

    private static double number(Map<String, Object> json, String key) {
        return ((Number) json.get(key)).doubleValue();
    }

    private static Map<String, Object> source(Tracker tracker) {
        Map<String, Object> source = new HashMap<>();
        source.put(UID, tracker.uid());
        source.put(CONFIGURATION, TrackerJson.write(tracker));
        source.put(FIT_VERSION, tracker.fit().version());
        source.put(FIT_ITEMS, tracker.fit().items());
        if (tracker.fit().modelVersion() != null) {
            source.put(FIT_MODEL_VERSION, tracker.fit().modelVersion());
        }
        if (tracker.userKey() != null) {
            source.put(USER_KEY, tracker.userKey().check());
        }
        Tracker.Tuned tuned = tracker.tuned();
        if (tuned != null) {
            source.put(TUNED, Map.of("report", tuned.report(), "metric", tuned.metric(), "before", tuned.before(), "after", tuned.after(),
                "low", tuned.low(), "high", tuned.high(), "at", tuned.at()));
        }
        return source;
    }

    public void list(ActionListener<List<Tracker>> listener) {
        if (indices.exists(InterestIndex.TRACKERS) == false) {
            listener.onResponse(List.of());
            return;
        }
        SearchSourceBuilder all = new SearchSourceBuilder().query(QueryBuilders.matchAllQuery()).size(LISTED);
        client.execute(SearchAction.INSTANCE, new SearchRequest(InterestIndex.TRACKERS).source(all), ActionListener.wrap(response -> {
            SearchHit[] hits = response.getHits().getHits();
            listener.onResponse(
                Arrays.stream(hits).map(hit -> read(hit.getId(), hit.getSourceAsMap())).sorted((a, b) -> a.name().compareTo(b.name())).toList()
            );
        }, listener::onFailure));
    }

    /**
     * Creates the tracker or replaces its configuration. Profiles stay, so the model that their vectors come from cannot change. Two
     * that put at once come one after the other. What was fitted to other items is no longer in use.
     */
    public void put(String name, Map<String, ?> json, ActionListener<Tracker> listener) {
        indices.ensure(InterestIndex.TRACKERS, ActionListener.wrap(ready -> read(name, ActionListener.wrap(stored -> {
            Optional<Tracker> existing = tracker(stored);
            Tracker given = TrackerJson.read(name, existing.map(Tracker::uid).orElseGet(UUIDs::randomBase64UUID), json);
            existing.ifPresent(before -> {
                requireSameHashing(before, given);
                requireSameModel(before, given);
                requireSameDimension(before, given);
            });
            Tracker tracker = existing.map(
                before -> opened(given, stored).withFit(before.items().sameVectors(given.items()) ? before.fit() : before.fit().forgotten())
                    // settings that people changed are no longer the evaluation's
                    .withTuned(before.readsAs(given) ? before.tuned() : null)
            ).orElseGet(() -> secret.create(given));
            IndexRequest index = new IndexRequest(InterestIndex.TRACKERS).id(name)
                .source(source(tracker))
                // a list is a search, and shall show it
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            if (stored.isExists()) {
                index.setIfSeqNo(stored.getSeqNo()).setIfPrimaryTerm(stored.getPrimaryTerm());
            } else {
                index.create(true);
            }
            client.execute(IndexAction.INSTANCE, index, ActionListener.wrap(indexed -> listener.onResponse(tracker), e -> {
                if (ExceptionsHelper.unwrapCause(e) instanceof VersionConflictEngineException) {
                    put(name, json, listener);
                } else {
                    listener.onFailure(e);
                }
            }));
        }, listener::onFailure)), listener::onFailure));
    }

    /**
     * Puts what {@link GeometryStore} has to use. Answers the fit, or none, with nothing changed, where the tracker's items are others
     * by now.
     *
     * @param sampled   the tracker as it was when its items were read; fails with 404 where it is gone
     * @param catalogue how many items it had then
     * @param modelVersion what version of the model their vectors are of, given what was known before (either may be null)
     */
    public void fitted(Tracker sampled, long catalogue, UnaryOperator<String> modelVersion, ActionListener<Tracker.Fit> listener) {
        read(sampled.name(), ActionListener.wrap(stored -> {
            Tracker now = tracker(stored)
                .map(tracker -> opened(tracker, stored))
                .filter(tracker -> tracker.uid().equals(sampled.uid()))
                .orElseThrow(() -> unknown(sampled.name()));
            if (now.items().sameVectors(sampled.items()) == false) {
                listener.onResponse(Tracker.Fit.NONE);
                return;
            }
            Tracker.Fit fit = now.fit().next(catalogue, modelVersion.apply(now.fit().modelVersion()));
            IndexRequest index = new IndexRequest(InterestIndex.TRACKERS).id(now.name())
                .source(source(now.withFit(fit)))
                .setIfSeqNo(stored.getSeqNo())
                .setIfPrimaryTerm(stored.getPrimaryTerm())
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            client.execute(IndexAction.INSTANCE, index, ActionListener.wrap(indexed -> listener.onResponse(fit), e -> {
                if (ExceptionsHelper.unwrapCause(e) instanceof VersionConflictEngineException) {
                    fitted(sampled, catalogue, modelVersion, listener);
                } else {
                    listener.onFailure(e);
                }
            }));
        }, listener::onFailure));
    }

    /**
     * Puts settings to use that an evaluation found better, and the evidence beside them.
     *
     * @param evaluated the tracker as it was evaluated; fails with 409 where it reads interest by other settings by now, with 404 where it
     *                  is gone
     * @param better    with the evidence in it
     */
    public void tune(Tracker evaluated, Tracker better, ActionListener<Void> listener) {
        read(evaluated.name(), ActionListener.wrap(stored -> {
            Tracker now = tracker(stored).map(tracker -> opened(tracker, stored)).filter(tracker -> tracker.uid().equals(evaluated.uid()))
                .orElseThrow(() -> unknown(evaluated.name()));
            if (now.readsAs(evaluated) == false) {
                throw new OpenSearchStatusException(
                    "[interest] the settings of tracker [{}] changed while it was evaluated: evaluate again", RestStatus.CONFLICT, evaluated.name()
                );
            }
            Tracker tuned = now.withReading(better.halfLives(), better.alpha(), better.geometry(), better.topics())
                .withBlend(better.blend())
                .withTuned(better.tuned());
            IndexRequest index = new IndexRequest(InterestIndex.TRACKERS).id(now.name())
                .source(source(tuned))
                .setIfSeqNo(stored.getSeqNo())
                .setIfPrimaryTerm(stored.getPrimaryTerm())
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            client.execute(IndexAction.INSTANCE, index, ActionListener.wrap(indexed -> listener.onResponse(null), e -> {
                if (ExceptionsHelper.unwrapCause(e) instanceof VersionConflictEngineException) {
                    tune(evaluated, better, listener);
                } else {
                    listener.onFailure(e);
                }
            }));
        }, listener::onFailure));
    }

    private static void requireSameHashing(Tracker before, Tracker after) {
        if (before.hashUserIds() != after.hashUserIds()) {
            throw new IllegalArgumentException(
                "[interest] [privacy.hash_user_ids] of tracker [" + before.name() + "] must stay [" + before.hashUserIds() + "], but was ["
                    + after.hashUserIds() + "]: its profiles would not be found again; create another tracker, or delete this one first"
            );
        }
    }

    private static void requireSameModel(Tracker before, Tracker after) {
        if (before.modelId().equals(after.modelId()) == false) {
            throw new IllegalArgumentException(
                "[interest] [model_id] of tracker [" + before.name() + "] must stay [" + before.modelId() + "], but was [" + after.modelId()
                    + "]: vectors of two models do not mix; create another tracker, or delete this one first"
            );
        }
    }

    private void requireSameDimension(Tracker before, Tracker after) {
        OptionalInt was = mapping.dimension(before.items());
        OptionalInt is = mapping.dimension(after.items());
        if (was.isPresent() && is.isPresent() && was.getAsInt() != is.getAsInt()) {
            throw new IllegalArgumentException(
                "[interest] [items] of tracker [" + before.name() + "] must keep vectors of [" + was.getAsInt()
                    + "] dimensions, as its profiles have, but field ["
                    + after.items().vectorField() + "] of index [" + after.items().index() + "] has [" + is.getAsInt()
                    + "]; create another tracker, or delete this one first"
            );
        }
    }

    /**
     * Deletes the tracker, all of its profiles, the history of their events and what was learned from them, its evaluations,
     * and what was fitted to its items. Fails with 404 where there is none.
     */
    public void delete(String name, ActionListener<AcknowledgedResponse> listener) {
        // without the key: a tracker whose secret is lost can still be deleted
        get(name, (tracker, stored) -> tracker, ActionListener.wrap(tracker -> {
            DeleteRequest delete = new DeleteRequest(InterestIndex.TRACKERS, name).setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            // the name first: from then on nobody writes profiles
            client.execute(DeleteAction.INSTANCE, delete, ActionListener.wrap(deleted -> {
                deletePeople(name, ActionListener.wrap(answer -> {
                    geometries.delete(tracker.uid(), ActionListener.wrap(fit -> {
                        evaluations.delete(tracker.uid(), ActionListener.map(listener, gone -> answer));
                    }, listener::onFailure));
                }, listener::onFailure));
            }, listener::onFailure));
        }, listener::onFailure));
    }

    private void deletePeople(String name, ActionListener<AcknowledgedResponse> listener) {
        List<String> all = new ArrayList<>(indices.histories(name).stream().map(InterestIndex.HistoryIndex::name).toList());
        indices.engagements(name).forEach(index -> all.add(index.name()));
        String profiles = InterestIndex.profiles(name);
        if (indices.exists(profiles)) {
            all.add(profiles);
        }
        if (all.isEmpty()) {
            listener.onResponse(new AcknowledgedResponse(true));
        } else {
            client.execute(DeleteIndexAction.INSTANCE, new DeleteIndexRequest(all.toArray(String[]::new)), listener);
        }
    }
}
