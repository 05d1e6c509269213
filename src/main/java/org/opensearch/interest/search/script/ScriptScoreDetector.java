package org.opensearch.interest.search.script;

import org.apache.lucene.search.BooleanClause;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.functionscore.FunctionScoreQueryBuilder;
import org.opensearch.index.query.functionscore.ScriptScoreFunctionBuilder;
import org.opensearch.index.query.functionscore.ScriptScoreQueryBuilder;
import org.opensearch.script.Script;

/**
 * Finds out whether a query may hold an {@code interest} script, with one walk over its builders and no allocation per
 * builder. A {@code script_score} query does not expose its script, so every such query counts.
 */
final class ScriptScoreDetector implements QueryBuilderVisitor {
    private boolean found;

    static boolean maybeIn(QueryBuilder query) {
        if (query == null) {
            return false;
        }
        ScriptScoreDetector detector = new ScriptScoreDetector();
        query.visit(detector);
        return detector.found;
    }

    @Override
    public void accept(QueryBuilder query) {
        if (query instanceof ScriptScoreQueryBuilder) {
            found = true;
        } else if (query instanceof FunctionScoreQueryBuilder functions) {
            for (FunctionScoreQueryBuilder.FilterFunctionBuilder function : functions.filterFunctionBuilders()) {
                found |= function.getScoreFunction() instanceof ScriptScoreFunctionBuilder script
                    && isInterest(script.getScript());
            }
        }
    }

    private static boolean isInterest(Script script) {
        return InterestScriptEngine.LANG.equals(script.getLang());
    }

    @Override
    public QueryBuilderVisitor getChildVisitor(BooleanClause.Occur occur) {
        return this;
    }
}
