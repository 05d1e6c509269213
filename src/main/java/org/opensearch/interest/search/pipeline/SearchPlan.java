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
 * What the processors of one search leave for later: steps that change a window of hits, the page to cut out of it in
 * the end, and what to do when the answer is out. A step that fails leaves the hits as they are. One search's stages
 * follow each other; safe to hand from thread to thread.
 */
final class SearchPlan {
    private static final Logger logger = LogManager.getLogger(SearchPlan.class);

    /** Changes an answer; never blocks. */
    @FunctionalInterface
    interface Step {
        void apply(SearchResponse response, ActionListener<SearchResponse> listener);
    }

    private final Queue<Step> steps = new ArrayDeque<>();
    private final List<Runnable> after = new ArrayList<>();
    private int from = -1;
    private int size;
    private ResolvedInterest interest;
    private Made made;
    private Step last;
    private VariantExt told;
    private Double diversity;

    /** Who made the search personal, and how. */
    record Made(RankingTarget target, ResolvedInterest interest, HitScoring scoring) {}

    synchronized boolean isEmpty() {
        return steps.isEmpty() && after.isEmpty() && from < 0 && last == null && told == null;
    }

    /** Makes a search find a whole window; {@link #finish} cuts the page out that was asked for. */
    synchronized void widen(SearchSourceBuilder source, int window) {
        if (from < 0) {
            from = Math.max(0, source.from());
            size = source.size() < 0 ? SearchService.DEFAULT_SIZE : source.size();
        }
        int wanted = Math.max(window, from + size);
        source.size(Math.max(wanted, Math.max(0, source.size()))).from(0);
    }

    synchronized void then(Step step) {
        steps.add(step);
    }

    /** Once the answer is out. */
    synchronized void afterwards(Runnable task) {
        after.add(task);
    }

    /** What was found out about the search's user, so that it is asked once. */
    synchronized void interest(ResolvedInterest resolved) {
        interest = resolved;
    }

    synchronized ResolvedInterest interest() {
        return interest;
    }

    /** What a score was made of, for whoever explains it. */
    synchronized void made(Made how) {
        made = how;
    }

    synchronized Made made() {
        return made;
    }

    /**
     * What the search is part of, for its answer to say.
     *
     * @param ofVariant the diversity that its variant asks for; null where it asks for none
     */
    synchronized void tell(VariantExt variant, Double ofVariant) {
        told = variant;
        diversity = ofVariant;
    }

    /** Whether its hits are two variants' picks, which nobody else may put in another order. */
    synchronized boolean isInterleaved() {
        return told != null && told.isInterleaved();
    }

    /** Null where a variant does not say. */
    synchronized Double diversity() {
        return diversity;
    }

    private synchronized SearchResponse told(SearchResponse response) {
        return told == null ? response : ResponseHits.with(response, told);
    }

    /** Once the page is cut. */
    synchronized void last(Step step) {
        last = step;
    }

    private synchronized Step last() {
        return last;
    }

    private synchronized Step next() {
        return steps.poll();
    }

    /** Does the steps that are not done yet, in their order. */
    void settle(SearchResponse response, Consumer<SearchResponse> then) {
        Step step = next();
        if (step == null) {
            then.accept(response);
            return;
        }
        attempt(step, response, changed -> settle(changed, then));
    }

    /** One step; where it fails the answer stays as it was. */
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

    /** Does the remaining steps, cuts the page that was asked for, and does with that what is left to the last. */
    void finish(SearchResponse response, Consumer<SearchResponse> then) {
        settle(response, settled -> {
            SearchResponse page = page(settled);
            Step step = last();
            if (step == null) {
                then.accept(told(page));
            } else {
                attempt(step, page, explained -> then.accept(told(explained)));
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

    void afterwards() {
        List<Runnable> tasks;
        synchronized (this) {
            tasks = List.copyOf(after);
            after.clear();
        }
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                logger.debug("what was to follow a search failed", e);
            }
        }
    }
}
