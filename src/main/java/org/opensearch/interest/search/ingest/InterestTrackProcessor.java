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
 * Tells a tracker what the event documents that are indexed say. The documents that a {@code _bulk} brings to the
 * pipeline are sent in one request, and no thread of the write pool waits for its answer. Tracking never keeps a
 * document from being indexed: why an event was refused stands in the document. A simulated run sends nothing.
 * Thread-safe.
 */
final class InterestTrackProcessor extends AbstractProcessor {
    private static final Logger logger = LogManager.getLogger(InterestTrackProcessor.class);

    static final String TYPE = "interest_track";
    /** Where a simulated run shows, among the metadata of the run, what a real one would have sent. */
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
        throw new UnsupportedOperationException("[interest] interest_track answers later, and nobody may wait for it");
    }

    @Override
    public void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
        track(List.of(document), () -> handler.accept(document, null));
    }

    @Override
    public void batchExecute(List<IngestDocumentWrapper> documents, Consumer<List<IngestDocumentWrapper>> handler) {
        // one that failed in an earlier processor comes along without its document
        List<IngestDocument> sound = documents.stream()
            .filter(document -> document.getException() == null && document.getIngestDocument() != null)
            .map(IngestDocumentWrapper::getIngestDocument)
            .toList();
        track(sound, () -> handler.accept(documents));
    }

    private void track(List<IngestDocument> documents, Runnable done) {
        boolean simulated = simulation.isOn();
        List<IngestDocument> sent = new ArrayList<>(documents.size());
        List<Map<String, Object>> events = new ArrayList<>(documents.size());
        for (IngestDocument document : documents) {
            try {
                forget(document);
                Map<String, Object> event = options.mapping().eventOf(document);
                if (simulated) {
                    document.getIngestMetadata().put(SIMULATED, event);
                } else {
                    events.add(event);
                    sent.add(document);
                }
            } catch (RuntimeException e) {
                refuse(document, e);
            }
        }
        if (sent.isEmpty()) {
            done.run();
            return;
        }
        // not ActionListener.wrap, which would answer a second time when what follows fails
        tracking.track(options.tracker(), events, options.ignoreUnknown(), new ActionListener<>() {
            @Override
            public void onResponse(List<ChangeResult> results) {
                for (int i = 0; i < sent.size(); i++) {
                    if (results.get(i).failure() != null) {
                        refuse(sent.get(i), results.get(i).failure());
                    }
                }
                done.run();
            }

            @Override
            public void onFailure(Exception e) {
                sent.forEach(document -> refuse(document, e));
                done.run();
            }
        });
    }

    /** A document that is indexed again brings along why it was refused the last time. */
    private void forget(IngestDocument document) {
        if (document.hasField(options.errorField())) {
            document.removeField(options.errorField());
        }
    }

    private void refuse(IngestDocument document, Exception e) {
        Throwable cause = ExceptionsHelper.unwrapCause(e);
        try {
            document.setFieldValue(
                options.errorField(), cause.getMessage() == null ? cause.toString() : cause.getMessage()
            );
        } catch (RuntimeException noPlace) {
            // the path leads through something that is no object; the refusal is counted all the same
            logger.debug("no place for the reason of a refused event", noPlace);
        }
    }
}
