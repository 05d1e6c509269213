package org.opensearch.interest.search.script;

import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.rescore.QueryRescorerBuilder;
import org.opensearch.search.rescore.RescorerBuilder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Scripts of the language {@code interest} in a search's query, post_filter and rescorers. For one request and one
 * thread at a time.
 */
final class SearchScripts {
    private final SearchSourceBuilder source;
    private final NamedXContentRegistry registry;
    private final ScriptTree query;
    private final ScriptTree postFilter;
    /** One entry per rescorer; null for a rescorer without a script. */
    private final List<ScriptTree> rescorers = new ArrayList<>();

    private SearchScripts(SearchSourceBuilder source, NamedXContentRegistry registry) throws IOException {
        this.source = source;
        this.registry = registry;
        query = tree(source.query());
        postFilter = tree(source.postFilter());
        for (RescorerBuilder<?> rescorer : rescorers(source)) {
            rescorers.add(maybeIn(rescorer) ? ScriptTree.of(rescorer) : null);
        }
    }

    static SearchScripts of(SearchSourceBuilder source, NamedXContentRegistry registry) throws IOException {
        return new SearchScripts(source, registry);
    }

    static boolean maybeIn(SearchSourceBuilder source) {
        if (source == null) {
            return false;
        }
        boolean found = ScriptScoreDetector.maybeIn(source.query()) || ScriptScoreDetector.maybeIn(source.postFilter());
        for (RescorerBuilder<?> rescorer : rescorers(source)) {
            found |= maybeIn(rescorer);
        }
        return found;
    }

    List<RankingTarget> unresolved() {
        List<RankingTarget> targets = new ArrayList<>();
        for (ScriptTree tree : trees()) {
            targets.addAll(tree.unresolved());
        }
        return targets;
    }

    void replace(Map<RankingTarget, ResolvedInterest> answers) throws IOException {
        trees().forEach(tree -> tree.replace(answers));
        if (query != null) {
            source.query(parse(query));
        }
        if (postFilter != null) {
            source.postFilter(parse(postFilter));
        }
        if (rescorers.stream().anyMatch(tree -> tree != null)) {
            List<RescorerBuilder<?>> replaced = new ArrayList<>(rescorers(source));
            for (int i = 0; i < replaced.size(); i++) {
                if (rescorers.get(i) != null) {
                    replaced.set(i, rescorers.get(i).parse(registry, parser -> {
                        parser.nextToken();
                        return RescorerBuilder.parseFromXContent(parser);
                    }));
                }
            }
            source.clearRescorers();
            replaced.forEach(source::addRescorer);
        }
    }

    private QueryBuilder parse(ScriptTree tree) throws IOException {
        return tree.parse(registry, AbstractQueryBuilder::parseInnerQueryBuilder);
    }

    private List<ScriptTree> trees() {
        List<ScriptTree> trees = new ArrayList<>(rescorers);
        trees.add(query);
        trees.add(postFilter);
        trees.removeIf(tree -> tree == null);
        return trees;
    }

    private static ScriptTree tree(QueryBuilder query) throws IOException {
        return ScriptScoreDetector.maybeIn(query) ? ScriptTree.of(query) : null;
    }

    private static boolean maybeIn(RescorerBuilder<?> rescorer) {
        return rescorer instanceof QueryRescorerBuilder byQuery
            && ScriptScoreDetector.maybeIn(byQuery.getRescoreQuery());
    }

    /** Converts the raw list that core declares. */
    private static List<RescorerBuilder<?>> rescorers(SearchSourceBuilder source) {
        List<RescorerBuilder<?>> rescorers = new ArrayList<>();
        if (source.rescores() != null) {
            for (RescorerBuilder<?> rescorer : source.rescores()) {
                rescorers.add(rescorer);
            }
        }
        return rescorers;
    }
}
