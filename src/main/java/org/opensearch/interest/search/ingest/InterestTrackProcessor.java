package org.opensearch.interest.search.ingest;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ExceptionsHelper;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ingest.AbstractProcessor;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.interest.cluster.events.EventSender;
import org.opensearch.interest.core.tracking.ChangeResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Sends indexed event documents to a tracker as events. The documents of a {@code _bulk} in the pipeline are sent in
 * one request, and no thread of the write pool waits for the response. A rejected event does not prevent the indexing
 * of its document, which then contains the reason. A simulated run sends nothing. Thread-safe.
 */
final class InterestTrackProcessor extends AbstractProcessor {
    private static final Logger logger = LogManager.getLogger(InterestTrackProcessor.class);

    static final String TYPE = "interest_track";
    /** Key in the ingest metadata under which a simulated run shows the event that a real one would send. */
    static final String SIMULATED = "interest_event";

    private final InterestTrackOptions options;
    private final EventSender tracking;
    private final SimulatedIngest simulation;

    InterestTrackProcessor(
        String tag, String description, InterestTrackOptions options, EventSender tracking, SimulatedIngest simulation
    ) {
        super(tag, description);
        this.options = options;
        this.tracking = tracking;
        this.simulation = simulation;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public IngestDocument execute(IngestDocument document) {
        throw new UnsupportedOperationException("[interest] interest_track is asynchronous: pass a handler");
    }

    @Override
    public void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
        track(List.of(document), () -> handler.accept(document, null));
    }

    @Override
    public void batchExecute(List<IngestDocumentWrapper> documents, Consumer<List<IngestDocumentWrapper>> handler) {
        // a wrapper that failed in an earlier processor has no document
        List<IngestDocument> valid = documents.stream()
            .filter(document -> document.getException() == null && document.getIngestDocument() != null)
            .map(IngestDocumentWrapper::getIngestDocument)
            .toList();
        track(valid, () -> handler.accept(documents));
    }

    private void track(List<IngestDocument> documents, Runnable done) {
        boolean simulated = simulation.isOn();
        List<IngestDocument> sent = new ArrayList<>(documents.size());
        List<Map<String, Object>> events = new ArrayList<>(documents.size());
        for (IngestDocument document : documents) {
            try {
                removeOldError(document);
                Map<String, Object> event = options.mapping().eventOf(document);
                if (simulated) {
                    document.getIngestMetadata().put(SIMULATED, event);
                } else {
                    events.add(event);
                    sent.add(document);
                }
            } catch (RuntimeException e) {
                reject(document, e);
            }
        }
        if (sent.isEmpty()) {
            done.run();
            return;
        }
        // not ActionListener.wrap, which would call onFailure too if done.run() fails
        tracking.track(options.tracker(), events, options.ignoreUnknown(), new ActionListener<>() {
            @Override
            public void onResponse(List<ChangeResult> results) {
                for (int i = 0; i < sent.size(); i++) {
                    if (results.get(i).failure() != null) {
                        reject(sent.get(i), results.get(i).failure());
                    }
                }
                done.run();
            }

            @Override
            public void onFailure(Exception e) {
                sent.forEach(document -> reject(document, e));
                done.run();
            }
        });
    }

    /** Removes the error of an earlier run, which a document that is indexed again still contains. */
    private void removeOldError(IngestDocument document) {
        if (document.hasField(options.errorField())) {
            document.removeField(options.errorField());
        }
    }

    private void reject(IngestDocument document, Exception e) {
        Throwable cause = ExceptionsHelper.unwrapCause(e);
        try {
            document.setFieldValue(
                options.errorField(), cause.getMessage() == null ? cause.toString() : cause.getMessage()
            );
        } catch (RuntimeException unwritable) {
            // the path leads through a value that is not an object; the rejection is still counted
            logger.debug("cannot write the reason of a rejected event into its document", unwritable);
        }
    }
}
