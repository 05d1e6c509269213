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

/** Trackers by name, each a document. Reads see the latest write. */
public final class TrackerStore {
    /**
     * More trackers than one page: nobody reads such a list, and one needs a tracker per kind of item, not per user.
     */
    private static final int LISTED = 1_000;
    /** How often one update may lose against others: each time, one of the others has won. */
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
     * cannot change. Two that put at once come one after the other. What was fitted to other items is no longer in use.
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
            // settings that people changed are no longer the evaluation's
            .withTuned(before.readsAs(given) ? before.tuned() : null);
    }

    /**
     * Puts what {@link GeometryStore} has to use. Answers the fit, or none, with nothing changed, where the tracker's
     * items are others by now.
     *
     * @param sampled      the tracker as it was when its items were read; fails with 404 where it is gone
     * @param catalogue    how many items it had then
     * @param modelVersion what version of the model their vectors are of, given what was known before (either may be
     *                     null)
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
     * Puts settings to use that an evaluation found better, and the evidence beside them.
     *
     * @param evaluated the tracker as it was evaluated; fails with 409 where it reads interest by other settings by
     *                  now, with 404 where it is gone
     * @param better    with the evidence in it
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

    /** The tracker as it is now; one that was deleted and created again is another one. */
    private static Tracker same(Tracker before, Optional<Tracker> now) {
        return now.filter(tracker -> tracker.uid().equals(before.uid())).orElseThrow(() -> unknown(before.name()));
    }

    /**
     * Writes what a tracker changes to, unless another write came between: then begins anew with what that one wrote.
     *
     * @param change   given the tracker, or nothing where there is none; what it throws fails the update. Where it
     *                 returns what it was given, nothing is written
     * @param listener given what the tracker is now; fails with 429 where other writes came between {@value #ATTEMPTS}
     *                 times
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
            // a list is a search, and shall show it
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
     * Deletes the tracker, all of its profiles, the history of their events and what was learned from them, its
     * evaluations, and what was fitted to its items. Fails with 404 where there is none.
     */
    public void delete(String name, ActionListener<AcknowledgedResponse> listener) {
        // without the key: a tracker whose secret is lost can still be deleted
        get(name, (tracker, stored) -> tracker, ActionListener.wrap(tracker -> {
            DeleteRequest delete = new DeleteRequest(InterestIndex.TRACKERS, name)
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
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
