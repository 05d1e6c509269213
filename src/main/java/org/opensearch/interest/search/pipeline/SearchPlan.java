package org.opensearch.interest.search.pipeline;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.search.SearchHit;
import org.opensearch.search.SearchService;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Deferred work of one search's processors: steps that change a window of hits, the page to cut from the window at the
 * end, and tasks to run after the response is sent. A step that fails leaves the hits as they are. The stages of a
 * search run one after another, possibly on different threads; synchronized for that.
 */
final class SearchPlan {
    private static final Logger logger = LogManager.getLogger(SearchPlan.class);

    /** Changes a response; never blocks. */
    @FunctionalInterface
    interface Step {
        void apply(SearchResponse response, ActionListener<SearchResponse> listener);
    }

    private final Queue<Step> steps = new ArrayDeque<>();
    private final List<Runnable> afterResponse = new ArrayList<>();
    private int from = -1;
    private int size;
    private ResolvedInterest interest;
    private Personalization personalization;
    private Step lastStep;
    private VariantExt variantExt;
    private Double diversity;

    /** Target, interest and scoring of a personalized search. */
    record Personalization(RankingTarget target, ResolvedInterest interest, HitScoring scoring) {}

    synchronized boolean isEmpty() {
        return steps.isEmpty() && afterResponse.isEmpty() && from < 0 && lastStep == null && variantExt == null;
    }

    /** Widens a search to a whole window; {@link #finish} cuts the requested page from it. */
    synchronized void widen(SearchSourceBuilder source, int window) {
        if (from < 0) {
            from = Math.max(0, source.from());
            size = source.size() < 0 ? SearchService.DEFAULT_SIZE : source.size();
        }
        int needed = Math.max(window, from + size);
        source.size(Math.max(needed, Math.max(0, source.size()))).from(0);
    }

    synchronized void then(Step step) {
        steps.add(step);
    }

    /** Adds a task to run after the response is sent. */
    synchronized void afterResponse(Runnable task) {
        afterResponse.add(task);
    }

    /** Keeps the resolved interest of the search's user, so that it is requested only once. */
    synchronized void interest(ResolvedInterest resolved) {
        interest = resolved;
    }

    synchronized ResolvedInterest interest() {
        return interest;
    }

    /** Keeps how scores were computed, for the explanation. */
    synchronized void personalization(Personalization applied) {
        personalization = applied;
    }

    synchronized Personalization personalization() {
        return personalization;
    }

    /**
     * Sets the experiment that the response names.
     *
     * @param ofVariant the diversity of the variant; null if it sets none
     */
    synchronized void variant(VariantExt variant, Double ofVariant) {
        variantExt = variant;
        diversity = ofVariant;
    }

    /** True if the hits are the picks of two variants, which other processors must not reorder. */
    synchronized boolean isInterleaved() {
        return variantExt != null && variantExt.isInterleaved();
    }

    /** Returns the diversity of the variant; null if there is none. */
    synchronized Double diversity() {
        return diversity;
    }

    private synchronized SearchResponse withVariantExt(SearchResponse response) {
        return variantExt == null ? response : ResponseHits.with(response, variantExt);
    }

    /** Sets the step to run after the page is cut. */
    synchronized void lastStep(Step step) {
        lastStep = step;
    }

    private synchronized Step lastStep() {
        return lastStep;
    }

    private synchronized Step next() {
        return steps.poll();
    }

    /** Runs the remaining steps in their order. */
    void settle(SearchResponse response, Consumer<SearchResponse> then) {
        Step step = next();
        if (step == null) {
            then.accept(response);
            return;
        }
        attempt(step, response, changed -> settle(changed, then));
    }

    /** Runs one step; passes on the response unchanged if the step fails. */
    static void attempt(Step step, SearchResponse response, Consumer<SearchResponse> then) {
        ActionListener<SearchResponse> once = ActionListener.notifyOnce(new ActionListener<>() {
            @Override
            public void onResponse(SearchResponse changed) {
                then.accept(changed);
            }

            @Override
            public void onFailure(Exception e) {
                logger.debug("a window of hits stays as it is", e);
                then.accept(response);
            }
        });
        try {
            step.apply(response, once);
        } catch (RuntimeException e) {
            once.onFailure(e);
        }
    }

    /**
     * Runs the remaining steps, cuts the requested page, runs the last step on it, and adds the experiment to the
     * response.
     */
    void finish(SearchResponse response, Consumer<SearchResponse> then) {
        settle(response, settled -> {
            SearchResponse page = page(settled);
            Step step = lastStep();
            if (step == null) {
                then.accept(withVariantExt(page));
            } else {
                attempt(step, page, explained -> then.accept(withVariantExt(explained)));
            }
        });
    }

    private synchronized SearchResponse page(SearchResponse response) {
        if (from < 0) {
            return response;
        }
        SearchHit[] hits = response.getHits().getHits();
        int start = Math.min(from, hits.length);
        return ResponseHits.replaced(response, Arrays.copyOfRange(hits, start, Math.min(hits.length, start + size)));
    }

    /** Runs the tasks that wait for the response; a failed one is logged. */
    void runAfterResponse() {
        List<Runnable> tasks;
        synchronized (this) {
            tasks = List.copyOf(afterResponse);
            afterResponse.clear();
        }
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                logger.debug("a task failed that follows a search", e);
            }
        }
    }
}
