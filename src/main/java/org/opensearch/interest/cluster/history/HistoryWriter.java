package org.opensearch.interest.cluster.history;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.DocWriteRequest;
import org.opensearch.action.bulk.BulkAction;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.tracking.HistoryCounts;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.search.SearchHit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Writes events to the history, one bulk request per call. Thread-safe; never blocks. */
public final class HistoryWriter {
    /** One event and the id of its user's profile. */
    public record Entry(Tracker tracker, String profileId, HistoryEvent event) {}

    /**
     * Result of writing one event.
     *
     * @param created true if the event was not in the history before
     * @param failure why the event could not be written; null if it is in the history
     */
    public record WriteResult(boolean created, Exception failure) {}

    private static final Logger logger = LogManager.getLogger(HistoryWriter.class);

    private final SystemClient client;
    private final HistoryIndices indices;
    private final HistoryCounts counts;

    public HistoryWriter(SystemClient client, InterestIndex indices, HistoryCounts counts) {
        this.client = client;
        this.indices = new HistoryIndices(indices);
        this.counts = counts;
    }

    /**
     * Writes the events that are not in the history yet; the others stay unchanged. Returns one result per entry, in
     * their order.
     */
    public void keep(List<Entry> entries, ActionListener<List<WriteResult>> listener) {
        // choose the names once: the set of existing indices may change meanwhile
        List<String> names = entries.stream()
            .map(entry -> indices.of(entry.tracker(), entry.event().timestamp()))
            .toList();
        indices.ensure(names, ActionListener.wrap(ready -> {
            BulkRequest bulk = new BulkRequest();
            for (int i = 0; i < names.size(); i++) {
                bulk.add(create(names.get(i), entries.get(i).profileId(), entries.get(i).event()));
            }
            client.execute(BulkAction.INSTANCE, bulk, ActionListener.wrap(response -> {
                listener.onResponse(Arrays.stream(response.getItems()).map(this::result).toList());
            }, e -> {
                counts.failed(names.size());
                listener.onFailure(e);
            }));
        }, e -> {
            counts.failed(names.size());
            listener.onFailure(e);
        }));
    }

    private static IndexRequest create(String index, String profileId, HistoryEvent event) {
        return new IndexRequest(index).id(EventDocument.id(profileId, event.key()))
            .create(true)
            .source(EventDocument.source(profileId, event));
    }

    private WriteResult result(BulkItemResponse item) {
        if (item.isFailed() == false) {
            counts.kept(1);
            return new WriteResult(true, null);
        }
        Exception cause = item.getFailure().getCause();
        if (ExceptionsHelper.unwrapCause(cause) instanceof VersionConflictEngineException) {
            return new WriteResult(false, null);
        }
        counts.failed(1);
        return new WriteResult(false, cause);
    }

    /**
     * Deletes events that {@link #keep} created, and then runs {@code then}, even if the deletion failed. Events that
     * could not be deleted are counted as failed.
     */
    public void revert(Collection<Entry> entries, Runnable then) {
        BulkRequest bulk = new BulkRequest();
        for (Entry entry : entries) {
            String index = indices.of(entry.tracker(), entry.event().timestamp());
            bulk.add(new DeleteRequest(index, EventDocument.id(entry.profileId(), entry.event().key())));
        }
        client.execute(BulkAction.INSTANCE, bulk, ActionListener.wrap(response -> {
            List<BulkItemResponse> failed = Arrays.stream(response.getItems())
                .filter(BulkItemResponse::isFailed)
                .toList();
            if (failed.isEmpty() == false) {
                notTakenBack(failed.size(), failed.get(0).getFailure().getCause());
            }
            then.run();
        }, e -> {
            notTakenBack(bulk.numberOfActions(), e);
            then.run();
        }));
    }

    private void notTakenBack(long events, Exception e) {
        counts.failed(events);
        logger.warn(
            "[interest] [" + events + "] events stay in the history though their profiles could not be written", e
        );
    }

    /**
     * Deletes a user's events: those up to a time and all impressions, except those with the given keys. When it
     * answers, no search finds them.
     *
     * @param until  milliseconds since 1970
     * @param except keys of events that stay
     */
    public void forget(
        Tracker tracker, String profileId, long until, Set<String> except, ActionListener<Void> listener
    ) {
        BoolQueryBuilder query = ofUser(profileId, until);
        if (except.isEmpty() == false) {
            query.mustNot(QueryBuilders.idsQuery().addIds(ids(profileId, except)));
        }
        delete(tracker, query, listener);
    }

    /** Deletes single events by their keys. When it answers, no search finds them. */
    public void drop(Tracker tracker, String profileId, Set<String> keys, ActionListener<Void> listener) {
        delete(tracker, QueryBuilders.idsQuery().addIds(ids(profileId, keys)), listener);
    }

    private static String[] ids(String profileId, Set<String> keys) {
        return keys.stream().map(key -> EventDocument.id(profileId, key)).toArray(String[]::new);
    }

    private void delete(Tracker tracker, QueryBuilder query, ActionListener<Void> listener) {
        BulkPurge purge = new BulkPurge(client, false, hit -> List.of(new DeleteRequest(hit.getIndex(), hit.getId())));
        purge.run(indices.of(tracker), query, ActionListener.map(listener, purged -> null));
    }

    /**
     * Moves one user's events to another user: those up to a time, and all impressions. May be repeated after an
     * interruption.
     */
    public void move(Tracker tracker, String from, String into, long until, ActionListener<Void> listener) {
        // the bulk creates the target's copy before it deletes the source's: after an interruption, the same is done
        // again
        BulkPurge purge = new BulkPurge(client, true, hit -> moved(hit, into));
        purge.run(indices.of(tracker), ofUser(from, until), ActionListener.map(listener, purged -> null));
    }

    private static List<DocWriteRequest<?>> moved(SearchHit hit, String into) {
        List<DocWriteRequest<?>> writes = new ArrayList<>();
        writes.add(create(hit.getIndex(), into, EventDocument.read(hit.getSourceAsMap())));
        writes.add(new DeleteRequest(hit.getIndex(), hit.getId()));
        return writes;
    }

    private static BoolQueryBuilder ofUser(String profileId, long until) {
        BoolQueryBuilder moves = QueryBuilders.boolQuery()
            .should(QueryBuilders.rangeQuery(EventDocument.TIMESTAMP).lte(until))
            .should(QueryBuilders.termQuery(EventDocument.TYPE, HistoryEvent.IMPRESSION));
        return QueryBuilders.boolQuery().filter(QueryBuilders.termQuery(EventDocument.USER, profileId)).filter(moves);
    }
}
