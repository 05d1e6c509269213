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

/** Keeps events, one bulk a round. Thread-safe; never blocks. */
public final class HistoryWriter {
    /** One event, and whose it is. */
    public record Entry(Tracker tracker, String profileId, HistoryEvent event) {}

    /**
     * What became of an event.
     *
     * @param created whether it was not there before
     * @param failure why it is not kept; null where it is
     */
    public record Kept(boolean created, Exception failure) {}

    private static final Logger logger = LogManager.getLogger(HistoryWriter.class);

    private final SystemClient client;
    private final HistoryIndices indices;
    private final HistoryCounts counts;

    public HistoryWriter(SystemClient client, InterestIndex indices, HistoryCounts counts) {
        this.client = client;
        this.indices = new HistoryIndices(indices);
        this.counts = counts;
    }

    /** Keeps what is not kept yet; what is stays as it is. Answers one an entry, in their order. */
    public void keep(List<Entry> entries, ActionListener<List<Kept>> listener) {
        // named once: what exists may change meanwhile
        List<String> names = entries.stream()
            .map(entry -> indices.of(entry.tracker(), entry.event().timestamp()))
            .toList();
        indices.ensure(names, ActionListener.wrap(ready -> {
            BulkRequest bulk = new BulkRequest();
            for (int i = 0; i < names.size(); i++) {
                bulk.add(create(names.get(i), entries.get(i).profileId(), entries.get(i).event()));
            }
            client.execute(BulkAction.INSTANCE, bulk, ActionListener.wrap(response -> {
                listener.onResponse(Arrays.stream(response.getItems()).map(this::kept).toList());
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

    private Kept kept(BulkItemResponse item) {
        if (item.isFailed() == false) {
            counts.kept(1);
            return new Kept(true, null);
        }
        Exception cause = item.getFailure().getCause();
        if (ExceptionsHelper.unwrapCause(cause) instanceof VersionConflictEngineException) {
            return new Kept(false, null);
        }
        counts.failed(1);
        return new Kept(false, cause);
    }

    /**
     * Takes back what {@link #keep} created, and then goes on, whatever came of it. What cannot be taken back is
     * counted.
     */
    public void takeBack(Collection<Entry> entries, Runnable then) {
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
     * Drops what is kept of a user: evidence up to a time and whatever was shown, except what has one of these keys.
     * When it answers, no search finds it.
     *
     * @param until  milliseconds since 1970
     * @param except keys of events
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

    /** Drops single events, by their keys. When it answers, no search finds them. */
    public void drop(Tracker tracker, String profileId, Set<String> keys, ActionListener<Void> listener) {
        delete(tracker, QueryBuilders.idsQuery().addIds(ids(profileId, keys)), listener);
    }

    private static String[] ids(String profileId, Set<String> keys) {
        return keys.stream().map(key -> EventDocument.id(profileId, key)).toArray(String[]::new);
    }

    private void delete(Tracker tracker, QueryBuilder query, ActionListener<Void> listener) {
        BulkPurge sweep = new BulkPurge(client, false, hit -> List.of(new DeleteRequest(hit.getIndex(), hit.getId())));
        sweep.run(indices.of(tracker), query, ActionListener.map(listener, swept -> null));
    }

    /**
     * Makes one user's events another's: evidence up to a time, and whatever was shown. May be repeated where it broke
     * off.
     */
    public void move(Tracker tracker, String from, String into, long until, ActionListener<Void> listener) {
        // the target's first: where it breaks off, the same is done again
        BulkPurge sweep = new BulkPurge(client, true, hit -> moved(hit, into));
        sweep.run(indices.of(tracker), ofUser(from, until), ActionListener.map(listener, swept -> null));
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
