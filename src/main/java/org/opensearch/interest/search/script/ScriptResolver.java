package org.opensearch.interest.search.script;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.ActionRequestMetadata;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.common.collect.Tuple;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.interest.search.query.InterestResolver;
import org.opensearch.tasks.Task;
import org.opensearch.transport.client.Client;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Resolves the users of a search's scripts before the search starts, once each, on the coordinating node. A script
 * cannot do so itself, because core never rewrites a script. A search without {@code interest} scripts pays for one
 * walk over its query. Never blocks; thread-safe.
 */
public final class ScriptResolver implements ActionFilter {
    private final Client client;
    private final NamedXContentRegistry registry;

    public ScriptResolver(Client client, NamedXContentRegistry registry) {
        this.client = client;
        this.registry = registry;
    }

    /** Runs after filters that may refuse or change a request, such as those of the security plugin. */
    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public <Request extends ActionRequest, Response extends ActionResponse> void apply(
        Task task, String action, Request request, ActionRequestMetadata<Request, Response> metadata,
        ActionListener<Response> listener, ActionFilterChain<Request, Response> chain
    ) {
        if (SearchAction.NAME.equals(action) == false || request instanceof SearchRequest == false
            || SearchScripts.maybeIn(((SearchRequest) request).source()) == false) {
            chain.proceed(task, action, request, listener);
            return;
        }
        SearchScripts scripts;
        Set<RankingTarget> targets;
        try {
            scripts = SearchScripts.of(((SearchRequest) request).source(), registry);
            targets = new LinkedHashSet<>(scripts.unresolved());
        } catch (IOException | RuntimeException e) {
            listener.onFailure(e);
            return;
        }
        if (targets.isEmpty()) {
            chain.proceed(task, action, request, listener);
            return;
        }
        resolve(targets, ActionListener.wrap(answers -> {
            scripts.replace(answers);
            chain.proceed(task, action, request, listener);
        }, listener::onFailure));
    }

    private void resolve(Set<RankingTarget> targets, ActionListener<Map<RankingTarget, ResolvedInterest>> listener) {
        ActionListener<Collection<Tuple<RankingTarget, ResolvedInterest>>> all = ActionListener.wrap(answers -> {
            Map<RankingTarget, ResolvedInterest> byTarget = new HashMap<>();
            answers.forEach(answer -> byTarget.put(answer.v1(), answer.v2()));
            listener.onResponse(byTarget);
        }, listener::onFailure);
        GroupedActionListener<Tuple<RankingTarget, ResolvedInterest>> each = new GroupedActionListener<>(
            all, targets.size()
        );
        for (RankingTarget target : targets) {
            InterestResolver.ask(
                client, target,
                ActionListener.wrap(interest -> each.onResponse(new Tuple<>(target, interest)), each::onFailure)
            );
        }
    }
}
