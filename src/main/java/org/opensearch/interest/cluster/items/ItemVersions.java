package org.opensearch.interest.cluster.items;

import org.opensearch.action.get.GetResponse;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.interest.core.tracking.Tracker;

/**
 * Cache of items as this node read them last, each with the version of its document. Reading a version costs a tenth of
 * reading and parsing a vector. An entry is valid only while its document has the same version. Thread-safe.
 */
final class ItemVersions {
    private static final long BYTES = 16L << 20;

    private record Key(Tracker.Items items, String id) {}

    /**
     * Identifies the index by its UUID: an index that is deleted and created again may give the same numbers to other
     * documents.
     */
    private record Version(String indexUuid, long seqNo, long primaryTerm) {}

    private record Cached(Version version, ItemLookup.Found found) {}

    private final ClusterService clusterService;
    private final Cache<Key, Cached> items = CacheBuilder.<Key, Cached>builder()
        .setMaximumWeight(BYTES)
        .weigher((key, item) -> 200 + 4L * item.found().unit().length)
        .build();

    ItemVersions(ClusterService clusterService) {
        this.clusterService = clusterService;
    }

    boolean knows(Tracker.Items index, String id) {
        return items.get(new Key(index, id)) != null;
    }

    /** Returns the item; null if this version is not cached. */
    ItemLookup.Found of(Tracker.Items index, GetResponse document) {
        Cached cached = items.get(new Key(index, document.getId()));
        return cached != null && cached.version().equals(version(document)) ? cached.found() : null;
    }

    void remember(Tracker.Items index, GetResponse document, ItemLookup.Found found) {
        Version version = version(document);
        if (version != null && found.failure() == null) {
            items.put(new Key(index, document.getId()), new Cached(version, found));
        }
    }

    private Version version(GetResponse document) {
        IndexMetadata index = clusterService.state().metadata().index(document.getIndex());
        return index == null ? null : new Version(index.getIndexUUID(), document.getSeqNo(), document.getPrimaryTerm());
    }
}
