package org.opensearch.interest.search.pipeline;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.PipelineCounts;
import org.opensearch.search.pipeline.AbstractProcessor;
import org.opensearch.search.pipeline.PipelineProcessingContext;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.search.pipeline.SearchResponseProcessor;
import org.opensearch.threadpool.ThreadPool;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Tracks searches as evidence of their users' interests: the text of a search becomes a {@code search} event after the
 * response to its first page is sent. Works the same as a request processor and as a response processor. Never delays a
 * search and never fails one; drops events while too many are in flight. Thread-safe.
 */
final class CaptureProcessor extends AbstractProcessor implements SearchRequestProcessor, SearchResponseProcessor {
    private static final Logger logger = LogManager.getLogger(CaptureProcessor.class);

    static final String TYPE = "interest_capture";
    private static final String DONE = "interest_captured";

    private final String tracker;
    private final SearchServices services;
    private final Semaphore permits;

    /**
     * @param tracker null if every search names its own
     * @param permits one for each event in flight; shared by all pipelines of a node
     */
    CaptureProcessor(
        String tag, String description, boolean ignoreFailure, @Nullable String tracker, SearchServices services,
        Semaphore permits
    ) {
        super(tag, description, ignoreFailure);
        this.tracker = tracker;
        this.services = services;
        this.permits = permits;
    }

    /** Reads the tracker and removes it from the configuration. */
    static String takeTracker(Map<String, Object> config) {
        String tracker = PersonalizeOptions.tracker(new JsonObjectReader(TYPE, config));
        config.remove("tracker");
        return tracker;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public SearchRequest processRequest(SearchRequest request) {
        return processRequest(request, new PipelineProcessingContext());
    }

    @Override
    public SearchRequest processRequest(SearchRequest request, PipelineProcessingContext context) {
        capture(request, context);
        return request;
    }

    @Override
    public SearchResponse processResponse(SearchRequest request, SearchResponse response) {
        return processResponse(request, response, new PipelineProcessingContext());
    }

    @Override
    public SearchResponse processResponse(
        SearchRequest request, SearchResponse response, PipelineProcessingContext context
    ) {
        capture(request, context);
        return response;
    }

    private void capture(SearchRequest request, PipelineProcessingContext context) {
        InterestExt ext = InterestExt.of(request);
        if (context.getAttribute(DONE) != null || ext == null || ext.user() == null || isFirstPage(request) == false) {
            return;
        }
        context.setAttribute(DONE, true);
        String text = ext.queryText() == null ? QueryText.of(request.source().query()) : QueryText.cut(ext.queryText());
        String into = ext.tracker(tracker);
        if (text.isEmpty()) {
            return;
        }
        if (into == null) {
            services.counts().notCaptured();
            return;
        }
        Map<String, Object> event = Map.of("user", ext.user(), "type", "search", "text", text);
        ThreadPool threads = services.client().threadPool();
        Runnable send = threads.getThreadContext().preserveContext(() -> send(into, event));
        SearchPlan plan = services.afterSearch().plan();
        if (plan == null) {
            threads.generic().execute(send);
        } else {
            plan.afterResponse(() -> threads.generic().execute(send));
        }
    }

    private static boolean isFirstPage(SearchRequest request) {
        return request.source().size() != 0 && SearchPages.isFirst(request);
    }

    private void send(String into, Map<String, Object> event) {
        PipelineCounts counts = services.counts();
        if (permits.tryAcquire() == false) {
            counts.notCaptured();
            return;
        }
        ActionListener<List<ChangeResult>> done = ActionListener
            .notifyOnce(ActionListener.runAfter(ActionListener.wrap(results -> {
                if (results.get(0).failure() != null) {
                    throw results.get(0).failure();
                }
                // for a user who opted out the tracker ignores the event: its outcome is not APPLIED
                if (results.get(0).outcome() == ChangeResult.Outcome.APPLIED) {
                    counts.captured();
                }
            }, e -> {
                logger.debug("a search did not become an event", e);
                counts.notCaptured();
            }), permits::release));
        try {
            services.events().track(into, List.of(event), false, done);
        } catch (RuntimeException e) {
            done.onFailure(e);
        }
    }
}
