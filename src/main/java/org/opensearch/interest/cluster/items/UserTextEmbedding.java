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
 * What users write, embedded to be compared with a tracker's items: refused where those were embedded by other files
 * under the model's name.
 */
public final class UserTextEmbedding {
    private UserTextEmbedding() {}

    /**
     * @return one embedding a text; fails with 409 where the node has another version of the model than the tracker's
     *         items are of
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
     * Why texts are refused; empty where they are not.
     *
     * @param version of the model, on this node
     */
    public static Optional<String> conflict(Tracker tracker, String version) {
        String made = tracker.fit().modelVersion();
        if (made == null || made.equals(version)) {
            return Optional.empty();
        }
        return Optional.of(
            "[interest] the items of tracker [" + tracker.name() + "] were embedded by version [" + made
                + "] of model [" + tracker.modelId() + "], and this node has version [" + version
                + "]: their vectors do not compare. Give every node the former files, or embed the items"
                + " anew and POST /_plugins/_interest/trackers/" + tracker.name() + "/_calibrate, then /_rebuild"
        );
    }
}
