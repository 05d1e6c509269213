package org.opensearch.interest.api.user;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.items.UserTextEmbedding;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.profile.DeclaredInterests;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.interest.core.tracking.UserPreferences;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.inference.ModelErrors;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Stores a user's preferences, all in one write. Opting out stops the recording and the use of the profile, but deletes
 * nothing: a user who opts in again finds the profile again. A user who wants both sends an opt-out and a deletion.
 */
public final class TransportPutUserAction extends HandledTransportAction<UserRequest, AcknowledgedResponse> {
    public static final String NAME = "indices:data/write/interest/user/put";
    /** Stores a user's declared interests and opt-out. */
    public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME, AcknowledgedResponse::new);

    private final TrackerStore trackers;
    private final Embedder embedder;
    private final ItemMapping items;
    private final ProfileRecorder recorder;

    @Inject
    public TransportPutUserAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, Embedder embedder,
        ItemMapping items, ProfileRecorder recorder
    ) {
        super(NAME, transportService, filters, UserRequest::new);
        this.trackers = trackers;
        this.embedder = embedder;
        this.items = items;
        this.recorder = recorder;
    }

    @Override
    protected void doExecute(Task task, UserRequest request, ActionListener<AcknowledgedResponse> listener) {
        UserId user = new UserId(request.user);
        UserPreferences preferences = UserPreferences.read(request.body);
        trackers.get(
            request.tracker,
            ActionListener.wrap(tracker -> declared(tracker, preferences, ActionListener.wrap(declared -> {
                List<ProfileChange> changes = new ArrayList<>();
                if (declared != null) {
                    changes.add(new ProfileChange.Declare(declared));
                }
                if (preferences.optOut() != null) {
                    changes.add(new ProfileChange.OptOut(preferences.optOut()));
                }
                recorder.change(
                    tracker, user, changes, ActionListener.map(listener, done -> new AcknowledgedResponse(true))
                );
            }, listener::onFailure)), listener::onFailure)
        );
    }

    /** Embeds the declared interests; the result is null if the request says nothing about interests. */
    private void declared(Tracker tracker, UserPreferences preferences, ActionListener<DeclaredInterests> listener) {
        List<String> texts = preferences.interests();
        if (texts == null || texts.isEmpty()) {
            listener.onResponse(texts == null ? null : DeclaredInterests.nothing());
            return;
        }
        UserTextEmbedding.embed(embedder, tracker, texts).whenComplete((embeddings, failure) -> {
            if (failure != null) {
                listener.onFailure(ModelErrors.asAnswer(failure));
            } else {
                ActionListener.completeWith(listener, () -> declared(tracker, texts, embeddings));
            }
        });
    }

    private DeclaredInterests declared(Tracker tracker, List<String> texts, List<Embedding> embeddings) {
        OptionalInt ofItems = items.dimension(tracker.items());
        List<DeclaredInterests.Interest> interests = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            float[] vector = embeddings.get(i).vector();
            if (ofItems.isPresent() && ofItems.getAsInt() != vector.length) {
                throw new IllegalArgumentException(
                    "[interest] [interests] of user must have vectors of [" + ofItems.getAsInt()
                        + "] dimensions, as field [" + tracker.items().vectorField() + "] of index ["
                        + tracker.items().index() + "] has, but model [" + tracker.modelId() + "] makes ["
                        + vector.length + "]"
                );
            }
            interests.add(new DeclaredInterests.Interest(texts.get(i), Vectors.unit(vector)));
        }
        return new DeclaredInterests(interests);
    }
}
