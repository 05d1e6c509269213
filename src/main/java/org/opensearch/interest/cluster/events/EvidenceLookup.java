package org.opensearch.interest.cluster.events;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.items.UserTextEmbedding;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.Sentiment;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.interest.engine.inference.ModelErrors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import static org.opensearch.interest.core.vector.Vectors.unit;

/** Looks up the vectors of events: those of items in their index, those of texts from the model, each once. */
final class EvidenceLookup {
    /**
     * @param items       by id
     * @param texts       by text; empty if embedding failed
     * @param textFailure why embedding failed; null if it did not
     * @param sentiment   decides whether a comment is negative; null if there is no comment
     */
    record Vectors(
        Map<String, ItemLookup.Found> items,
        Map<String, float[]> texts,
        Exception textFailure,
        Sentiment sentiment
    ) {
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

    private final ProfileStore profiles;
    private final ItemLookup items;
    private final Embedder embedder;

    EvidenceLookup(ProfileStore profiles, ItemLookup items, Embedder embedder) {
        this.profiles = profiles;
        this.items = items;
        this.embedder = embedder;
    }

    /**
     * Finds the events whose text must not reach a model: their users opted out, or had that time forgotten. The writer
     * of profiles ignores them as well, but only after the model has run; reading a profile costs less than one run.
     *
     * @param events by position
     * @param then   receives the positions of the refused events; an unreadable profile refuses nothing, its writer
     *               decides
     */
    void refused(Tracker tracker, Map<Integer, Event> events, Consumer<Set<Integer>> then) {
        Set<UserId> users = events.values()
            .stream()
            .filter(EvidenceLookup::hasText)
            .map(Event::user)
            .collect(Collectors.toSet());
        if (users.isEmpty()) {
            then.accept(Set.of());
            return;
        }
        profiles.get(tracker, users, known -> then.accept(refused(events, known)));
    }

    private static Set<Integer> refused(Map<Integer, Event> events, Map<UserId, Profile> known) {
        return events.entrySet().stream().filter(next -> {
            Event event = next.getValue();
            Profile profile = known.get(event.user());
            return hasText(event) && profile != null && profile.refuses(event.timestamp());
        }).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static boolean hasText(Event event) {
        return event.target() instanceof Event.Target.Text || event.target() instanceof Event.Target.Comment;
    }

    /**
     * Looks up the vectors of all events. Fails only if the items' index as a whole cannot be read; a failing model
     * fails only the texts.
     */
    void vectors(Tracker tracker, Collection<Event> events, ActionListener<Vectors> listener) {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        for (Event event : events) {
            switch (event.target()) {
                case Event.Target.Item item -> ids.add(item.id());
                case Event.Target.Comment comment -> {
                    ids.add(comment.item());
                    texts.add(comment.text());
                    texts.addAll(Sentiment.anchors());
                }
                case Event.Target.Text text -> texts.add(text.text());
                case Event.Target.Vector vector -> {
                }
                case Event.Target.Impression impression -> {
                    if (event.weight() != 0) {
                        ids.addAll(impression.skipped());
                    }
                }
            }
        }
        items.get(
            tracker, ids, ActionListener.wrap(found -> embed(tracker, new ArrayList<>(texts), (vectors, failure) -> {
                // embedding calls this once, even if the listener throws
                boolean hasAnchors = vectors.keySet().containsAll(Sentiment.anchors());
                Sentiment sentiment = hasAnchors
                    ? new Sentiment(Sentiment.anchors().stream().map(vectors::get).toList())
                    : null;
                listener.onResponse(new Vectors(found, vectors, failure, sentiment));
            }), listener::onFailure)
        );
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
