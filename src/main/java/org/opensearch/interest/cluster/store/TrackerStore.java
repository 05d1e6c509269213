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
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores trackers by name, one document each. Reads see the latest write. */
public final class TrackerStore {
    /**
     * Maximum number of listed trackers: a cluster needs one tracker per kind of item, not per user.
     */
    private static final int LISTED = 1_000;
    /** Maximum number of attempts of one update: whenever one fails, a concurrent update has succeeded. */
    static final int ATTEMPTS = 20;

    private final SystemClient client;
    private final InterestIndex indices;
    private final GeometryStore geometries;
    private final ItemMapping mapping;
    private final PrivacySecret secret;
    private final EvaluationStore evaluations;

    public TrackerStore(
        SystemClient client, InterestIndex indices, GeometryStore geometries, ItemMapping mapping, PrivacySecret secret
    ) {
        this.client = client;
        this.indices = indices;
        this.geometries = geometries;
        this.mapping = mapping;
        this.secret = secret;
        this.evaluations = new EvaluationStore(client, indices);
    }

    /** Returns a tracker; fails with 404 if there is none of that name. */
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
        return new ResourceNotFoundException(
            "[interest] no [tracker] named [{}]; GET /_plugins/_interest/trackers lists those there are", name
        );
    }

    private void find(
        String name, BiFunction<Tracker, GetResponse, Tracker> opening, ActionListener<Optional<Tracker>> listener
    ) {
        if (indices.exists(InterestIndex.TRACKERS) == false) {
            listener.onResponse(Optional.empty());
            return;
        }
        read(name, ActionListener.map(InterestIndex.orEmpty(Optional.empty(), listener), stored -> {
            return tracker(stored).map(tracker -> opening.apply(tracker, stored));
        }));
    }

    private void read(String name, ActionListener<GetResponse> listener) {
        client.execute(GetAction.INSTANCE, new GetRequest(InterestIndex.TRACKERS, name).preference("_local"), listener);
    }

    private Tracker opened(Tracker tracker, GetResponse stored) {
        return secret.open(tracker, TrackerDocument.userKeyCheck(stored.getSourceAsMap()));
    }

    private static Optional<Tracker> tracker(GetResponse stored) {
        return stored.isExists() ? Optional.of(TrackerDocument.read(stored.getId(), stored.getSourceAsMap()))
            : Optional.empty();
    }

    public void list(ActionListener<List<Tracker>> listener) {
        if (indices.exists(InterestIndex.TRACKERS) == false) {
            listener.onResponse(List.of());
            return;
        }
        SearchSourceBuilder all = new SearchSourceBuilder().query(QueryBuilders.matchAllQuery()).size(LISTED);
        client.execute(
            SearchAction.INSTANCE, new SearchRequest(InterestIndex.TRACKERS).source(all),
            ActionListener.wrap(response -> {
                SearchHit[] hits = response.getHits().getHits();
                Stream<Tracker> trackers = Arrays.stream(hits)
                    .map(hit -> TrackerDocument.read(hit.getId(), hit.getSourceAsMap()));
                listener.onResponse(trackers.sorted(Comparator.comparing(Tracker::name)).toList());
            }, listener::onFailure)
        );
    }

    /**
     * Creates the tracker or replaces its configuration. Profiles stay, so the model that their vectors come from
     * cannot change. Concurrent calls are applied one after the other. A geometry fitted to other items is no longer
     * used.
     */
    public void put(String name, Map<String, ?> json, ActionListener<Tracker> listener) {
        indices.ensure(InterestIndex.TRACKERS, ActionListener.wrap(ready -> update(name, existing -> {
            Tracker given = TrackerJson.read(name, existing.map(Tracker::uid).orElseGet(UUIDs::randomBase64UUID), json);
            return existing.map(before -> replaced(before, given)).orElseGet(() -> secret.create(given));
        }, listener), listener::onFailure));
    }

    private Tracker replaced(Tracker before, Tracker given) {
        requireSameHashing(before, given);
        requireSameModel(before, given);
        requireSameDimension(before, given);
        return given.withUserKey(before.userKey())
            .withFit(before.items().sameVectors(given.items()) ? before.fit() : before.fit().forgotten())
            // settings changed by a user are no longer those of the evaluation
            .withTuned(before.readsAs(given) ? before.tuned() : null);
    }

    /**
     * Puts the geometry in {@link GeometryStore} to use. Returns the fit; if the tracker's items have changed
     * meanwhile, changes nothing and returns {@link Tracker.Fit#NONE}.
     *
     * @param sampled      the tracker at the time its items were read; the call fails with 404 if it is gone
     * @param catalogue    number of items at that time
     * @param modelVersion maps the previously known version of the model that embedded the items to the new one; both
     *                     may be null
     */
    public void fitted(
        Tracker sampled, long catalogue, UnaryOperator<String> modelVersion, ActionListener<Tracker.Fit> listener
    ) {
        update(sampled.name(), stored -> {
            Tracker now = same(sampled, stored);
            return now.items().sameVectors(sampled.items())
                ? now.withFit(now.fit().next(catalogue, modelVersion.apply(now.fit().modelVersion())))
                : now;
        }, ActionListener.map(listener, now -> now.items().sameVectors(sampled.items()) ? now.fit() : Tracker.Fit.NONE)
        );
    }

    /**
     * Replaces settings by better ones that an evaluation found, and stores the evaluation's result beside them.
     *
     * @param evaluated the tracker as evaluated; the call fails with 409 if its interest settings changed meanwhile,
     *                  and with 404 if it is gone
     * @param better    the tracker with the better settings and the evaluation's result
     */
    public void tune(Tracker evaluated, Tracker better, ActionListener<Void> listener) {
        update(evaluated.name(), stored -> {
            Tracker now = same(evaluated, stored);
            if (now.readsAs(evaluated) == false) {
                throw new OpenSearchStatusException(
                    "[interest] the settings of tracker [{}] changed while it was evaluated: evaluate again",
                    RestStatus.CONFLICT, evaluated.name()
                );
            }
            return now.withReading(better.halfLives(), better.alpha(), better.geometry(), better.topics())
                .withBlend(better.blend())
                .withTuned(better.tuned());
        }, ActionListener.map(listener, tuned -> null));
    }

    /** Returns the current tracker; fails with 404 if it was deleted, even if it was created again. */
    private static Tracker same(Tracker before, Optional<Tracker> now) {
        return now.filter(tracker -> tracker.uid().equals(before.uid())).orElseThrow(() -> unknown(before.name()));
    }

    /**
     * Changes a tracker by compare-and-set. If another write comes between, starts again from the tracker that it
     * wrote.
     *
     * @param change   receives the current tracker, or empty if there is none, and returns the new one; an exception
     *                 fails the update. If it returns the same object, nothing is written
     * @param listener receives the tracker after the update; fails with 429 if other writes came between
     *                 {@value #ATTEMPTS} times
     */
    void update(String name, Function<Optional<Tracker>, Tracker> change, ActionListener<Tracker> listener) {
        update(name, change, 1, listener);
    }

    private void update(
        String name, Function<Optional<Tracker>, Tracker> change, int attempt, ActionListener<Tracker> listener
    ) {
        read(name, ActionListener.wrap(stored -> {
            Optional<Tracker> before = tracker(stored).map(tracker -> opened(tracker, stored));
            Tracker after = change.apply(before);
            if (before.isPresent() && before.get() == after) {
                listener.onResponse(after);
                return;
            }
            client.execute(
                IndexAction.INSTANCE, write(after, stored),
                ActionListener.wrap(indexed -> listener.onResponse(after), e -> {
                    if (ExceptionsHelper.unwrapCause(e) instanceof VersionConflictEngineException == false) {
                        listener.onFailure(e);
                    } else if (attempt < ATTEMPTS) {
                        update(name, change, attempt + 1, listener);
                    } else {
                        listener.onFailure(contended(name, e));
                    }
                })
            );
        }, listener::onFailure));
    }

    private static IndexRequest write(Tracker tracker, GetResponse before) {
        IndexRequest index = new IndexRequest(InterestIndex.TRACKERS).id(tracker.name())
            .source(TrackerDocument.source(tracker))
            // lists are searches and must show the change
            .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        return before.isExists() ? index.setIfSeqNo(before.getSeqNo()).setIfPrimaryTerm(before.getPrimaryTerm())
            : index.create(true);
    }

    private static OpenSearchStatusException contended(String name, Exception cause) {
        return new OpenSearchStatusException(
            "[interest] tracker [{}] was changed by others [{}] times while this change was written: nothing was written, try again later",
            RestStatus.TOO_MANY_REQUESTS, cause, name, ATTEMPTS
        );
    }

    private static void requireSameHashing(Tracker before, Tracker after) {
        if (before.hashUserIds() != after.hashUserIds()) {
            throw new IllegalArgumentException(
                "[interest] [privacy.hash_user_ids] of tracker [" + before.name() + "] must stay ["
                    + before.hashUserIds() + "], but was [" + after.hashUserIds()
                    + "]: its profiles would not be found again; create another tracker, or delete this one first"
            );
        }
    }

    private static void requireSameModel(Tracker before, Tracker after) {
        if (before.modelId().equals(after.modelId()) == false) {
            throw new IllegalArgumentException(
                "[interest] [model_id] of tracker [" + before.name() + "] must stay [" + before.modelId()
                    + "], but was [" + after.modelId()
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
                    + "] dimensions, as its profiles have, but field [" + after.items().vectorField() + "] of index ["
                    + after.items().index() + "] has [" + is.getAsInt()
                    + "]; create another tracker, or delete this one first"
            );
        }
    }

    /**
     * Deletes the tracker, all of its profiles, their history, its engagement snapshots, its evaluations and its
     * geometry. Fails with 404 if there is no such tracker.
     */
    public void delete(String name, ActionListener<AcknowledgedResponse> listener) {
        // without the key: a tracker whose secret is lost can still be deleted
        get(name, (tracker, stored) -> tracker, ActionListener.wrap(tracker -> {
            DeleteRequest delete = new DeleteRequest(InterestIndex.TRACKERS, name)
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            // the tracker first: no profile is written after that
            client.execute(DeleteAction.INSTANCE, delete, ActionListener.wrap(deleted -> {
                deleteUserData(name, ActionListener.wrap(answer -> {
                    geometries.delete(tracker.uid(), ActionListener.wrap(fit -> {
                        evaluations.delete(tracker.uid(), ActionListener.map(listener, gone -> answer));
                    }, listener::onFailure));
                }, listener::onFailure));
            }, listener::onFailure));
        }, listener::onFailure));
    }

    private void deleteUserData(String name, ActionListener<AcknowledgedResponse> listener) {
        List<String> all = new ArrayList<>(
            indices.histories(name).stream().map(InterestIndex.HistoryIndex::name).toList()
        );
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
