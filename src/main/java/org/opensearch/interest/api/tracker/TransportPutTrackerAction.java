package org.opensearch.interest.api.tracker;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.clustermanager.AcknowledgedResponse;
import org.opensearch.cluster.metadata.MetadataCreateIndexService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.indices.InvalidIndexNameException;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.Locale;

public final class TransportPutTrackerAction extends HandledTransportAction<TrackerRequest, AcknowledgedResponse> {
    public static final String NAME = "cluster:admin/opensearch/interest/tracker/put";
    public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME, AcknowledgedResponse::new);

    private final TrackerStore trackers;
    private final Models models;
    private final CatalogueWatcher watch;
    private final ItemMapping mapping;

    @Inject
    public TransportPutTrackerAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, Models models,
        CatalogueWatcher watch, ItemMapping mapping
    ) {
        super(NAME, transportService, filters, TrackerRequest::new);
        this.trackers = trackers;
        this.models = models;
        this.watch = watch;
        this.mapping = mapping;
    }

    @Override
    protected void doExecute(Task task, TrackerRequest request, ActionListener<AcknowledgedResponse> listener) {
        ActionListener.completeWith(ActionListener.wrap(checked -> {
            trackers.put(request.name(), request.configuration(), ActionListener.map(listener, put -> {
                watch.consider(put);
                return new AcknowledgedResponse(true);
            }));
        }, listener::onFailure), () -> check(request));
    }

    /** Validates the request completely before anything is written. */
    private Tracker check(TrackerRequest request) {
        requireTrackerName(request.name());
        Tracker tracker = TrackerJson.read(request.name(), "unsaved", request.configuration());
        requireIndexName("items.index", tracker.items().index(), tracker.items().index());
        if (tracker.items().index().startsWith(InterestIndex.PREFIX)) {
            throw new IllegalArgumentException(
                "[interest] [items.index] must be an index of items, but [" + tracker.items().index()
                    + "] is one of this plugin's own"
            );
        }
        mapping.requireOneIndex(tracker.items());
        mapping.requireVectors(tracker.items());
        if (models.ids().contains(tracker.modelId()) == false) {
            throw new ResourceNotFoundException(
                "[interest] [model_id] of tracker [{}] names no model: [{}]; there are {}", request.name(),
                tracker.modelId(), models.ids()
            );
        }
        return tracker;
    }

    /**
     * Validates the name with the prefix of the index and alone: with the prefix, "." and ".." would be valid, but no
     * URL can contain them.
     */
    private static void requireTrackerName(String name) {
        // the longest index name that contains the tracker name
        requireIndexName("tracker", name, InterestIndex.engagement(name, 9_999_999));
        requireIndexName("tracker", name, name);
        if (name.startsWith(".")) {
            throw invalid("tracker", name, "must not start with '.'", null);
        }
    }

    private static void requireIndexName(String field, String value, String index) {
        if (value.codePoints().anyMatch(TransportPutTrackerAction::isUnprintable)) {
            throw invalid(field, value, "must not hold characters that cannot be seen", null);
        }
        try {
            if (value.startsWith("-") || value.startsWith("_") || value.startsWith("+")) {
                throw new InvalidIndexNameException(value, "must not start with '_', '-', or '+'");
            }
            MetadataCreateIndexService.validateIndexOrAliasName(index, InvalidIndexNameException::new);
            if (index.equals(index.toLowerCase(Locale.ROOT)) == false) {
                throw new InvalidIndexNameException(value, "must be lowercase");
            }
        } catch (InvalidIndexNameException e) {
            throw invalid(field, value, e.getMessage(), e);
        }
    }

    private static IllegalArgumentException invalid(String field, String value, String why, Exception cause) {
        return new IllegalArgumentException(
            "[interest] [" + field + "] must be a valid name of an index, but was [" + escaped(value) + "]: " + why,
            cause
        );
    }

    /**
     * Escapes unprintable characters for the log: a line break in the user's value could forge a line of the node's
     * log.
     */
    private static String escaped(String value) {
        StringBuilder printable = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (isUnprintable(c)) {
                printable.append(String.format(Locale.ROOT, "\\u%04X", c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                Character.SURROGATE -> true;
            default -> false;
        };
    }
}
