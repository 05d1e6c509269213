package org.opensearch.interest.cluster.history;

import org.opensearch.action.ActionRunnable;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.history.EventHistory.UserEvent;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.items.ItemMean;
import org.opensearch.interest.cluster.items.UserTextEmbedding;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.tracking.ReplayedEvent;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.inference.ModelErrors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Turns events in the history into evidence as of today: current item vectors, texts embedded again, weights by the
 * current signals unless an event brought its own. A page of events costs one look-up of its items and one embedding of
 * its texts. Items are read with the plugin's own rights, because a rebuild belongs to no single user and returns
 * nothing of what it read.
 */
public final class HistoryEvidence {
    private static final int PAGE = 1_000;

    private final EventHistory history;
    private final ItemLookup items;
    private final Embedder embedder;
    private final ThreadContext context;

    public HistoryEvidence(EventHistory history, ItemLookup items, Embedder embedder, ThreadContext context) {
        this.history = history;
        this.items = items;
        this.embedder = embedder;
        this.context = context;
    }

    /**
     * Replays all events of some users, each user's in the order of {@link HistoryEvent#CANONICAL}. Every answered
     * event is included.
     *
     * @param users   profiles' ids, not empty
     * @param threads run {@code pages}
     * @param pages   receives one page after the other
     */
    public void replay(
        Tracker tracker, Collection<String> users, Executor threads, Consumer<List<ReplayedEvent>> pages,
        ActionListener<Void> listener
    ) {
        history.refresh(tracker, ActionListener.wrap(refreshed -> {
            history.pages(tracker, users, 0, Long.MAX_VALUE, PAGE, search -> {}, (page, next) -> {
                show(tracker, page, ActionListener.wrap(replayed -> threads.execute(ActionRunnable.supply(next, () -> {
                    pages.accept(replayed);
                    return true;
                })), next::onFailure));
            }, listener);
        }, listener::onFailure));
    }

    /**
     * Returns the latest events of one user with their evidence, in the order of {@link HistoryEvent#CANONICAL}. Every
     * answered event is included.
     */
    public void latest(Tracker tracker, String user, int max, ActionListener<List<ReplayedEvent>> listener) {
        history.refresh(tracker, ActionListener.wrap(refreshed -> {
            history.ofUser(tracker, user, 0, Long.MAX_VALUE, max, ActionListener.wrap(events -> {
                show(tracker, user, events, listener);
            }, listener::onFailure));
        }, listener::onFailure));
    }

    /** Returns the evidence that events give today, whether they are in the history or not. */
    public void show(
        Tracker tracker, String user, List<HistoryEvent> events, ActionListener<List<ReplayedEvent>> listener
    ) {
        show(tracker, events.stream().map(event -> new UserEvent(user, event)).toList(), listener);
    }

    @SuppressWarnings("try") // the context is stashed until it is closed, and never read
    private void show(Tracker tracker, List<UserEvent> events, ActionListener<List<ReplayedEvent>> listener) {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        for (UserEvent one : events) {
            if (one.event().isImpression()) {
                if (one.event().isEvidence()) {
                    ids.addAll(one.event().skipped());
                }
            } else if (one.event().item() != null) {
                ids.add(one.event().item());
            } else if (one.event().text() != null) {
                texts.add(one.event().text());
            }
        }
        try (ThreadContext.StoredContext ignored = context.stashContext()) {
            items.get(
                tracker, ids, ActionListener
                    .wrap(found -> embed(tracker, new ArrayList<>(texts), ActionListener.map(listener, vectors -> {
                        List<ReplayedEvent> replayed = new ArrayList<>(events.size());
                        for (UserEvent one : events) {
                            replayed.add(
                                new ReplayedEvent(
                                    one.user(), one.event(), evidence(tracker, one.event(), found, vectors)
                                )
                            );
                        }
                        return replayed;
                    })), listener::onFailure)
            );
        }
    }

    /** Embeds texts. Fails if the model fails: a profile without its searches would not match its history. */
    private void embed(Tracker tracker, List<String> texts, ActionListener<Map<String, float[]>> listener) {
        if (texts.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        UserTextEmbedding.embed(embedder, tracker, texts).whenComplete((embeddings, failure) -> {
            if (failure != null) {
                listener.onFailure(ModelErrors.asAnswer(failure));
                return;
            }
            ActionListener.completeWith(listener, () -> {
                Map<String, float[]> vectors = new HashMap<>();
                for (int i = 0; i < texts.size(); i++) {
                    Embedding embedding = embeddings.get(i);
                    vectors.put(texts.get(i), Vectors.unit(embedding.vector()));
                }
                return vectors;
            });
        });
    }

    /**
     * Returns the event's evidence; null if it gives none, or if its item is gone or has no vector any longer. Fails if
     * the item cannot be read now.
     */
    private static Evidence evidence(
        Tracker tracker, HistoryEvent event, Map<String, ItemLookup.Found> items, Map<String, float[]> texts
    ) throws Exception {
        if (event.isEvidence() == false) {
            return null;
        }
        if (event.isImpression()) {
            float[] mean = ItemMean.of(event.skipped(), items);
            return mean == null ? null : evidence(tracker, event, mean, Evidence.Source.ITEM, "");
        }
        if (event.item() != null) {
            ItemLookup.Found found = items.get(event.item());
            if (found.failure() == null) {
                return evidence(tracker, event, found.unit(), Evidence.Source.ITEM, Evidence.labelText(found.title()));
            }
            if (ItemMean.isGone(found.failure())) {
                return null;
            }
            throw found.failure();
        }
        if (event.vector() != null) {
            return evidence(tracker, event, event.vector(), Evidence.Source.ITEM, "");
        }
        return evidence(
            tracker, event, texts.get(event.text()), Evidence.Source.TEXT, Evidence.labelText(event.text())
        );
    }

    private static Evidence evidence(
        Tracker tracker, HistoryEvent event, float[] unit, Evidence.Source source, String words
    ) {
        long halfLife = tracker.halfLives().of(event.type());
        return new Evidence(
            unit, source, weight(tracker, event), event.timestamp(), event.id(), event.item(), words, event.type(),
            halfLife
        );
    }

    /**
     * Returns the weight by the current signals; the stored weight if the event brought its own, or if its type is no
     * signal any longer.
     */
    private static double weight(Tracker tracker, HistoryEvent event) {
        Double signal = tracker.signals().get(event.type());
        return event.scale() == null || signal == null ? event.weight() : signal * event.scale();
    }
}
