package org.opensearch.interest.cluster.items;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Embeds users' texts for comparison with a tracker's items. Refuses texts if the items were embedded by another
 * version of the model.
 */
public final class UserTextEmbedding {
    private UserTextEmbedding() {}

    /**
     * @return one embedding per text; fails with 409 if the node's version of the model is not the one that embedded
     *         the tracker's items
     */
    public static CompletableFuture<List<Embedding>> embed(Embedder embedder, Tracker tracker, List<String> texts) {
        if (tracker.fit().modelVersion() == null) {
            return embedder.embed(tracker.modelId(), texts, TextType.QUERY);
        }
        return embedder.version(tracker.modelId()).thenCompose(version -> {
            return conflict(tracker, version)
                .map(
                    reason -> CompletableFuture
                        .<List<Embedding>>failedFuture(new OpenSearchStatusException(reason, RestStatus.CONFLICT))
                )
                .orElseGet(() -> embedder.embed(tracker.modelId(), texts, TextType.QUERY));
        });
    }

    /**
     * Returns the reason why texts are refused; empty if they are not.
     *
     * @param version of the model, on this node
     */
    public static Optional<String> conflict(Tracker tracker, String version) {
        String expected = tracker.fit().modelVersion();
        if (expected == null || expected.equals(version)) {
            return Optional.empty();
        }
        return Optional.of(
            "[interest] the items of tracker [" + tracker.name() + "] were embedded by version [" + expected
                + "] of model [" + tracker.modelId() + "], and this node has version [" + version
                + "]: their vectors do not compare. Give every node the former files, or embed the items"
                + " anew and POST /_plugins/_interest/trackers/" + tracker.name() + "/_calibrate, then /_rebuild"
        );
    }
}
