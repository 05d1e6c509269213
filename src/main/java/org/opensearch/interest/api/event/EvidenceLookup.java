package org.opensearch.interest.api.event;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.items.UserTextEmbedding;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.Sentiment;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.EventObject;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.engine.inference.ModelErrors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import static org.opensearch.interest.core.vector.Vectors.norm;
import static org.opensearch.interest.core.vector.Vectors.plusScaled;
import static org.opensearch.interest.core.vector.Vectors.unit;

/** The vectors that events are about: items' from their index, texts' from the model, each looked up once. */
final class EvidenceLookup {
    /**
     * @param items by id
     * @param texts by text; empty where embedding failed
     * @param textFailure why embedding failed, null where it did not
     * @param sentiment by which comments are told apart; null where there is none
     */
    record Vectors(Map<String, ItemLookup.Found> items, Map<String, float[]> texts, Exception textFailure, Sentiment sentiment) {
        float[] item(String id) throws Exception {
            ItemLookup.Found found = items.get(id);
            if (found.failure() != null) {
                throw found.failure();
            }
            return found.unit();
        }

        float[] text(String text) throws Exception {
            if (textFailure != null) {
                throw textFailure;
            }
            return texts.get(text);
        }

        boolean isAgainst(String comment) throws Exception {
            return sentiment.isAgainst(text(comment));
        }
    }

    private final ItemLookup lookup;
    private final Embedder embedder;

    EvidenceLookup(ItemLookup lookup, Embedder embedder) {
        this.lookup = lookup;
        this.embedder = embedder;
    }

    /** Fails only where the items' index as a whole cannot be asked; a failing model fails the texts alone. */
    void gather(Tracker tracker, Collection<Event> events, ActionListener<Vectors> listener) {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        for (Event event : events) {
            switch (event.object()) {
                case EventObject.Item item -> ids.add(item.id());
                case EventObject.Comment comment -> {
                    ids.add(comment.item());
                    texts.add(comment.text());
                    texts.addAll(Sentiment.anchors());
                }
                case EventObject.Text text -> texts.add(text.text());
                case EventObject.Vector vector -> {
                }
                case EventObject.Impression impression -> {
                    if (event.weight() != 0) {
                        ids.addAll(impression.skipped());
                    }
                }
            }
        }
        lookup.get(tracker, ids, ActionListener.wrap(items -> embed(tracker, new ArrayList<>(texts), (vectors, failure) -> {
            // answered once, whatever the listener does with it
            boolean tells = vectors.keySet().containsAll(Sentiment.anchors());
            Sentiment sentiment = tells ? new Sentiment(Sentiment.anchors().stream().map(vectors::get).toList()) : null;
            listener.onResponse(new Vectors(items, vectors, failure, sentiment));
        }), listener::onFailure));
    }

    private void embed(Tracker tracker, List<String> texts, BiConsumer<Map<String, float[]>, Exception> then) {
        if (texts.isEmpty()) {
            then.accept(Map.of(), null);
            return;
        }
        UserTextEmbedding.embed(embedder, tracker, texts).whenComplete((embeddings, failure) -> {
            if (failure != null) {
                then.accept(Map.of(), ModelErrors.asAnswer(failure));
                return;
            }
            Map<String, float[]> vectors = new HashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                Embedding embedding = embeddings.get(i);
                vectors.put(texts.get(i), unit(embedding.vector()));
            }
            then.accept(vectors, null);
        });
    }
}
