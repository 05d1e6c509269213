package org.opensearch.interest.cluster.engagement;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.admin.indices.alias.IndicesAliasesAction;
import org.opensearch.action.admin.indices.alias.IndicesAliasesRequest;
import org.opensearch.action.admin.indices.alias.IndicesAliasesRequest.AliasActions;
import org.opensearch.action.admin.indices.delete.DeleteIndexAction;
import org.opensearch.action.admin.indices.delete.DeleteIndexRequest;
import org.opensearch.action.bulk.BulkAction;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.get.MultiGetAction;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.engagement.EngagementLearner;
import org.opensearch.interest.core.engagement.EngagementSnapshot;
import org.opensearch.interest.core.engagement.Neighbour;
import org.opensearch.interest.core.tracking.Tracker;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Stores a tracker's engagement snapshot and items' neighbours. Each generation is an index with one document for the
 * snapshot and one per item; an alias names the generation in use. A new generation is written completely before one
 * atomic request moves the alias and deletes the old index. Holds no data of single users. Thread-safe; never blocks.
 */
public final class EngagementStore {
    private static final String SNAPSHOT = "crowd";
    /** Prefix of the ids of items' documents, so that none equals the snapshot's id. */
    private static final String ITEM = "i:";
    private static final int LONGEST_ID = 512;
    private static final int BULK = 500;
    /** Maximum number of attempts against concurrent builds: more than run at one time. */
    private static final int ATTEMPTS = 32;
    /** A generation of this age that is not in use was abandoned: a build takes minutes. */
    private static final TimeValue ABANDONED_AFTER = TimeValue.timeValueHours(6);

    private final SystemClient client;
    private final InterestIndex indices;

    /** @param neighbours by item, for the requested items that have any */
    public record Found(EngagementSnapshot snapshot, Map<String, List<Neighbour>> neighbours) {}

    public EngagementStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /** Returns true if there is a generation in use. */
    public boolean exists(Tracker tracker) {
        return indices.hasAlias(InterestIndex.engagement(tracker.name()));
    }

    /**
     * Reads the snapshot and the neighbours of items, in one request.
     *
     * @param listener receives an empty result if there is no snapshot, or it belongs to a deleted tracker of the same
     *                 name
     */
    public void get(Tracker tracker, Collection<String> items, ActionListener<Optional<Found>> listener) {
        if (exists(tracker) == false) {
            listener.onResponse(Optional.empty());
            return;
        }
        String index = InterestIndex.engagement(tracker.name());
        MultiGetRequest request = new MultiGetRequest().add(index, SNAPSHOT);
        items.forEach(item -> request.add(index, ITEM + item));
        ActionListener<Optional<Found>> orEmpty = InterestIndex.orEmpty(Optional.empty(), listener);
        client.execute(MultiGetAction.INSTANCE, request.preference("_local"), ActionListener.map(orEmpty, answer -> {
            Iterator<MultiGetItemResponse> found = List.of(answer.getResponses()).iterator();
            Optional<EngagementSnapshot> snapshot = read(found.next())
                .flatMap(source -> EngagementFormat.snapshot(tracker, source));
            Map<String, List<Neighbour>> neighbours = new HashMap<>();
            for (String item : items) {
                read(found.next()).ifPresent(source -> neighbours.put(item, EngagementFormat.neighbours(source)));
            }
            return snapshot.map(all -> new Found(all, neighbours));
        }));
    }

    private static Optional<Map<String, Object>> read(MultiGetItemResponse item) throws Exception {
        if (item.isFailed()) {
            throw item.getFailure().getFailure();
        }
        return item.getResponse().isExists() ? Optional.of(item.getResponse().getSourceAsMap()) : Optional.empty();
    }

    /**
     * Writes a new generation and puts it to use in place of earlier ones. Concurrent calls do not interfere: each
     * writes an index of its own, and the highest generation stays.
     *
     * @param threads create the documents, which takes too long for the threads on which answers arrive
     */
    public void put(
        Tracker tracker, EngagementLearner learner, EngagementSnapshot snapshot, Executor threads,
        ActionListener<Void> listener
    ) {
        begin(tracker, 1, ATTEMPTS, ActionListener.wrap(generation -> {
            String index = InterestIndex.engagement(tracker.name(), generation);
            IndexRequest all = new IndexRequest(index).id(SNAPSHOT).source(EngagementFormat.source(tracker, snapshot));
            write(index, List.of(all), learner.items().iterator(), learner, threads, ActionListener.wrap(written -> {
                swap(tracker, index, generation, snapshot.at(), ATTEMPTS, listener);
            }, e -> drop(List.of(index), ActionListener.wrap(() -> listener.onFailure(e)))));
        }, listener::onFailure));
    }

    /** Creates an index of its own for this build, with a generation above all existing ones. */
    private void begin(Tracker tracker, long least, int attempts, ActionListener<Long> listener) {
        long highest = indices.engagements(tracker.name())
            .stream()
            .mapToLong(InterestIndex.EngagementIndex::generation)
            .max()
            .orElse(0);
        long generation = Math.max(least, highest + 1);
        indices.create(InterestIndex.engagement(tracker.name(), generation), ActionListener.wrap(created -> {
            if (created) {
                listener.onResponse(generation);
            } else if (attempts > 1) {
                begin(tracker, generation + 1, attempts - 1, listener);
            } else {
                listener.onFailure(tooMany(tracker));
            }
        }, listener::onFailure));
    }

    private static OpenSearchStatusException tooMany(Tracker tracker) {
        return new OpenSearchStatusException(
            "[interest] too many calibrations of tracker [{}] are learning co-engagement at once: calibrate again later",
            RestStatus.CONFLICT, tracker.name()
        );
    }

    /** Writes one bulk request after the other, so that a build does not slow down other requests. */
    private void write(
        String index, List<IndexRequest> ready, Iterator<String> items, EngagementLearner learner, Executor threads,
        ActionListener<Void> listener
    ) {
        threads.execute(ActionRunnable.wrap(listener, then -> {
            BulkRequest bulk = bulk(index, ready, items, learner);
            if (bulk.numberOfActions() == 0) {
                then.onResponse(null);
                return;
            }
            client.execute(BulkAction.INSTANCE, bulk, ActionListener.wrap(answer -> {
                if (answer.hasFailures()) {
                    throw new IllegalStateException(
                        "[interest] the engagement snapshot cannot be stored: " + answer.buildFailureMessage()
                    );
                }
                write(index, List.of(), items, learner, threads, then);
            }, then::onFailure));
        }));
    }

    private static BulkRequest bulk(
        String index, List<IndexRequest> ready, Iterator<String> items, EngagementLearner learner
    ) {
        BulkRequest bulk = new BulkRequest();
        ready.forEach(bulk::add);
        while (bulk.numberOfActions() < BULK && items.hasNext()) {
            String item = items.next();
            List<Neighbour> neighbours = learner.neighbours(item);
            String id = ITEM + item;
            // the longest item ids leave no space for the prefix
            if (neighbours.isEmpty() == false && id.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID) {
                bulk.add(new IndexRequest(index).id(id).source(EngagementFormat.source(neighbours)));
            }
        }
        return bulk;
    }

    /**
     * Moves the alias to this generation. Repeats until only this generation or a later one is in use, because another
     * may have been put to use at the same time.
     */
    private void swap(
        Tracker tracker, String index, long generation, long now, int attempts, ActionListener<Void> listener
    ) {
        String alias = InterestIndex.engagement(tracker.name());
        List<InterestIndex.EngagementIndex> existing = indices.engagements(tracker.name());
        List<InterestIndex.EngagementIndex> inUse = existing.stream()
            .filter(InterestIndex.EngagementIndex::inUse)
            .toList();
        if (inUse.stream().anyMatch(other -> other.generation() > generation)) {
            drop(List.of(index), listener);
            return;
        }
        if (inUse.size() == 1 && inUse.get(0).generation() == generation) {
            listener.onResponse(null);
            return;
        }
        if (attempts == 0) {
            drop(List.of(index), ActionListener.wrap(() -> listener.onFailure(tooMany(tracker))));
            return;
        }
        IndicesAliasesRequest swap = new IndicesAliasesRequest();
        swap.addAliasAction(AliasActions.add().index(index).alias(alias).isHidden(true));
        existing.stream()
            .filter(other -> other.generation() < generation)
            .filter(other -> other.inUse() || now - other.created() > ABANDONED_AFTER.millis())
            .forEach(other -> swap.addAliasAction(AliasActions.removeIndex().index(other.name())));
        client.execute(IndicesAliasesAction.INSTANCE, swap, ActionListener.wrap(done -> {
            swap(tracker, index, generation, now, attempts - 1, listener);
        }, e -> {
            if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException == false) {
                listener.onFailure(e);
            } else if (indices.exists(index)) {
                // an index to be deleted was replaced meanwhile
                swap(tracker, index, generation, now, attempts - 1, listener);
            } else {
                // this index was deleted: a later generation replaced it, or the tracker is gone
                listener.onResponse(null);
            }
        }));
    }

    /** Deletes all generations of a tracker; succeeds also if there is none. */
    public void delete(Tracker tracker, ActionListener<Void> listener) {
        List<String> all = indices.engagements(tracker.name())
            .stream()
            .map(InterestIndex.EngagementIndex::name)
            .toList();
        if (all.isEmpty()) {
            listener.onResponse(null);
        } else {
            drop(all, listener);
        }
    }

    private void drop(List<String> all, ActionListener<Void> listener) {
        DeleteIndexRequest delete = new DeleteIndexRequest(all.toArray(String[]::new));
        client.execute(
            DeleteIndexAction.INSTANCE, delete,
            ActionListener.map(InterestIndex.orEmpty(null, listener), deleted -> null)
        );
    }
}
