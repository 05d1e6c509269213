package org.opensearch.interest.cluster.items;

import org.opensearch.action.get.GetResponse;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.interest.core.tracking.Tracker;

/**
 * Items as this node read them last, each with the version of the document that it was read from. Asking for a version
 * costs a tenth of reading and parsing a vector; what is remembered counts only while the version is still the same.
 * Thread-safe.
 */
final class ItemVersions {
    private static final long BYTES = 16L << 20;

    private record Key(Tracker.Items items, String id) {}

    /** The index by its own id: one that is deleted and made anew may give the same numbers to other documents. */
    private record Version(String indexUuid, long seqNo, long primaryTerm) {}

    private record Remembered(Version version, ItemLookup.Found found) {}

    private final ClusterService clusterService;
    private final Cache<Key, Remembered> items = CacheBuilder.<Key, Remembered>builder()
        .setMaximumWeight(BYTES)
        .weigher((key, item) -> 200 + 4L * item.found().unit().length)
        .build();

    ItemVersions(ClusterService clusterService) {
        this.clusterService = clusterService;
    }

    boolean knows(Tracker.Items index, String id) {
        return items.get(new Key(index, id)) != null;
    }

    /** Null where nothing is remembered of this version. */
    ItemLookup.Found of(Tracker.Items index, GetResponse document) {
        Remembered remembered = items.get(new Key(index, document.getId()));
        return remembered != null && remembered.version().equals(version(document)) ? remembered.found() : null;
    }

    void remember(Tracker.Items index, GetResponse document, ItemLookup.Found found) {
        Version version = version(document);
        if (version != null && found.failure() == null) {
            items.put(new Key(index, document.getId()), new Remembered(version, found));
        }
    }

    private Version version(GetResponse document) {
        IndexMetadata index = clusterService.state().metadata().index(document.getIndex());
        return index == null ? null : new Version(index.getIndexUUID(), document.getSeqNo(), document.getPrimaryTerm());
    }
}
