package org.opensearch.interest.event;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.embedding.Embedder;
import org.opensearch.interest.embedding.Embedding;
import org.opensearch.interest.embedding.TextType;
import org.opensearch.interest.store.ItemVectors;
import org.opensearch.interest.tracking.Event;
import org.opensearch.interest.tracking.Subject;
import org.opensearch.interest.tracking.Tracker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The vectors that events are about: items' from their index, texts' from the model, each looked up once. */
final class EvidenceGathering {
    /**
     * @param items by id
     * @param texts by text; empty where embedding failed
     * @param textFailure why embedding failed, null where it did not
     */
    record Vectors(Map<String, ItemVectors.Found> items, Map<String, float[]> texts, Exception textFailure) {}

    private final ItemVectors itemVectors;
    private final Embedder embedder;

    EvidenceGathering(ItemVectors itemVectors, Embedder embedder) {
        this.itemVectors = itemVectors;
        this.embedder = embedder;
    }

    /** Fails only where the items' index as a whole cannot be asked; a failing model fails the texts alone. */
    void gather(Tracker tracker, Collection<Event> events, ActionListener<Vectors> listener) {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        for (Event event : events) {
            switch (event.subject()) {
                case Subject.Item item -> ids.add(item.id());
                case Subject.Text text -> texts.add(text.text());
                case Subject.Vector vector -> {
                }
                case Subject.Impression impression -> {
                }
            }
        }
        itemVectors.get(tracker, ids, ActionListener.wrap(items -> embed(tracker, new ArrayList<>(texts), ActionListener.wrap(vectors -> {
            listener.onResponse(new Vectors(items, vectors, null));
        }, e -> listener.onResponse(new Vectors(items, Map.of(), e)))), listener::onFailure));
    }

    private void embed(Tracker tracker, List<String> texts, ActionListener<Map<String, float[]>> listener) {
        if (texts.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        embedder.embed(tracker.modelId(), texts, TextType.QUERY).whenComplete((embeddings, failure) -> {
            if (failure != null) {
                listener.onFailure(failure instanceof CompletionException && failure.getCause() instanceof Exception cause ? cause : asException(failure));
                return;
            }
            Map<String, float[]> vectors = new HashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                Embedding embedding = embeddings.get(i);
                vectors.put(texts.get(i), org.opensearch.interest.vector.Vectors.unit(embedding.vector()));
            }
            listener.onResponse(vectors);
        });
    }

    private static Exception asException(Throwable failure) {
        return failure instanceof Exception e ? e : new IllegalStateException("[interest] embedding failed: " + failure, failure);
    }
}
