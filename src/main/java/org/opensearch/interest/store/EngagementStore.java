package org.opensearch.interest.store;

import org.opensearch.ExceptionsHelper;
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
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.interest.engagement.Crowd;
import org.opensearch.interest.engagement.EngagementLearner;
import org.opensearch.interest.engagement.Neighbour;
import org.opensearch.interest.tracking.Tracker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all users of a tracker together took up: an index a generation, with one document for all readers and one an item, under an alias
 * that says which generation is in use. A new one is written whole before the alias moves, which it does at once, and takes the old ones
 * with it. No user is in it. Thread-safe; never blocks.
 */
public final class EngagementStore {
    private static final String CROWD = "crowd";
    /** Before items' ids: none of them is the crowd's. */
    private static final String ITEM = "i:";
    private static final int LONGEST_ID = 512;
    private static final int BULK = 500;

    private final SystemClient client;
    private final InterestIndex indices;

    /** @param neighbours by item, of those asked for that have any */
    public record Found(Crowd crowd, Map<String, List<Neighbour>> neighbours) {}

    public EngagementStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /** Whether there is a generation in use. */
    public boolean exists(Tracker tracker) {
        return indices.hasAlias(InterestIndex.engagement(tracker.name()));
    }

    /**
     * One read, however many items.
     *
     * @param listener is given nothing where nothing was built, or it belongs to a tracker of that name that is gone
     */
    public void get(Tracker tracker, Collection<String> items, ActionListener<Optional<Found>> listener) {
        if (exists(tracker) == false) {
            listener.onResponse(Optional.empty());
            return;
        }
        String index = InterestIndex.engagement(tracker.name());
        MultiGetRequest request = new MultiGetRequest().add(index, CROWD);
        items.forEach(item -> request.add(index, ITEM + item));
        client.execute(MultiGetAction.INSTANCE, request.preference("_local"), ActionListener.wrap(answer -> {
            Iterator<MultiGetItemResponse> found = List.of(answer.getResponses()).iterator();
            Optional<Crowd> crowd = read(found.next()).flatMap(source -> EngagementFormat.crowd(tracker, source));
            Map<String, List<Neighbour>> neighbours = new HashMap<>();
            for (String item : items) {
                read(found.next()).ifPresent(source -> neighbours.put(item, EngagementFormat.neighbours(source)));
            }
            listener.onResponse(crowd.map(all -> new Found(all, neighbours)));
        }, e -> orNothing(e, listener)));
    }

    private static Optional<Map<String, Object>> read(MultiGetItemResponse item) throws Exception {
        if (item.isFailed()) {
            throw item.getFailure().getFailure();
        }
        return item.getResponse().isExists() ? Optional.of(item.getResponse().getSourceAsMap()) : Optional.empty();
    }

    private static <T> void orNothing(Exception e, ActionListener<Optional<T>> listener) {
        if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException) {
            listener.onResponse(Optional.empty());
        } else {
            listener.onFailure(e);
        }
    }

    /** Puts a new generation to use in place of those before. */
    public void put(Tracker tracker, EngagementLearner learned, Crowd crowd, ActionListener<Void> listener) {
        long generation = 1 + indices.engagements(tracker.name()).stream().mapToLong(InterestIndex.EngagementIndex::generation).max().orElse(0);
        String index = InterestIndex.engagement(tracker.name(), generation);
        indices.ensure(index, ActionListener.wrap(ready -> {
            IndexRequest all = new IndexRequest(index).id(CROWD).source(EngagementFormat.source(tracker, crowd));
            write(index, new ArrayList<>(List.of(all)), learned.items().iterator(), learned, ActionListener.wrap(written -> {
                swap(tracker, index, generation, listener);
            }, listener::onFailure));
        }, listener::onFailure));
    }

    /** One bulk after the other: a build is in no hurry, and shall not stand in anybody's way. */
    private void write(String index, List<IndexRequest> ready, Iterator<String> items, EngagementLearner learned, ActionListener<Void> listener) {
        BulkRequest bulk = new BulkRequest();
        ready.forEach(bulk::add);
        while (bulk.numberOfActions() < BULK && items.hasNext()) {
            String item = items.next();
            List<Neighbour> neighbours = learned.neighbours(item);
            String id = ITEM + item;
            // the longest ids have no room for what stands before them
            if (neighbours.isEmpty() == false && id.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID) {
                bulk.add(new IndexRequest(index).id(id).source(EngagementFormat.source(neighbours)));
            }
        }
        if (bulk.numberOfActions() == 0) {
            listener.onResponse(null);
            return;
        }
        client.execute(BulkAction.INSTANCE, bulk, ActionListener.wrap(answer -> {
            if (answer.hasFailures()) {
                throw new IllegalStateException("what all users together took up cannot be kept: " + answer.buildFailureMessage());
            }
            if (items.hasNext()) {
                write(index, List.of(), items, learned, listener);
            } else {
                listener.onResponse(null);
            }
        }, listener::onFailure));
    }

    private void swap(Tracker tracker, String index, long generation, ActionListener<Void> listener) {
        IndicesAliasesRequest swap = new IndicesAliasesRequest();
        swap.addAliasAction(AliasActions.add().index(index).alias(InterestIndex.engagement(tracker.name())).isHidden(true));
        indices.engagements(tracker.name()).stream().filter(other -> other.generation() < generation)
            .forEach(other -> swap.addAliasAction(AliasActions.removeIndex().index(other.name())));
        client.execute(IndicesAliasesAction.INSTANCE, swap, ActionListener.map(listener, done -> null));
    }

    /** Answers as well where there is none. */
    public void delete(Tracker tracker, ActionListener<Void> listener) {
        String[] all = indices.engagements(tracker.name()).stream().map(InterestIndex.EngagementIndex::name).toArray(String[]::new);
        if (all.length == 0) {
            listener.onResponse(null);
            return;
        }
        client.execute(DeleteIndexAction.INSTANCE, new DeleteIndexRequest(all), ActionListener.wrap(deleted -> listener.onResponse(null), e -> {
            if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException) {
                listener.onResponse(null);
            } else {
                listener.onFailure(e);
            }
        }));
    }
}
