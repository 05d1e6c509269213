package org.opensearch.interest.search.pipeline;

import org.apache.lucene.search.BooleanClause;
import org.opensearch.index.query.MatchBoolPrefixQueryBuilder;
import org.opensearch.index.query.MatchPhrasePrefixQueryBuilder;
import org.opensearch.index.query.MatchPhraseQueryBuilder;
import org.opensearch.index.query.MatchQueryBuilder;
import org.opensearch.index.query.MultiMatchQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.QueryStringQueryBuilder;
import org.opensearch.index.query.SimpleQueryStringBuilder;
import org.opensearch.interest.core.embedding.TextRules;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Text that the user typed, extracted from the query: the texts of full-text clauses, each once, in their order.
 * Clauses that only restrict ({@code filter}) or exclude ({@code must_not}) are left out, because users do not type
 * them.
 */
final class QueryText implements QueryBuilderVisitor {
    /** Longer than any text that a user types. */
    private static final int MAX_CHARACTERS = 1_000;

    private final Set<String> texts = new LinkedHashSet<>();

    private QueryText() {}

    /** Returns the text of a query; empty if it contains none. */
    static String of(QueryBuilder query) {
        if (query == null) {
            return "";
        }
        QueryText text = new QueryText();
        query.visit(text);
        return cut(String.join(" ", text.texts));
    }

    static String cut(String text) {
        return TextRules.cut(text, MAX_CHARACTERS);
    }

    @Override
    public void accept(QueryBuilder query) {
        Object text = switch (query) {
            case MatchQueryBuilder match -> match.value();
            case MultiMatchQueryBuilder match -> match.value();
            case MatchPhraseQueryBuilder match -> match.value();
            case MatchPhrasePrefixQueryBuilder match -> match.value();
            case MatchBoolPrefixQueryBuilder match -> match.value();
            case QueryStringQueryBuilder string -> string.queryString();
            case SimpleQueryStringBuilder string -> string.value();
            default -> null;
        };
        // numbers and dates are lookups, not search text
        if (text instanceof String string && TextRules.isBlank(string) == false) {
            texts.add(string.strip());
        }
    }

    @Override
    public QueryBuilderVisitor getChildVisitor(BooleanClause.Occur occur) {
        boolean typed = occur == BooleanClause.Occur.MUST || occur == BooleanClause.Occur.SHOULD;
        return typed ? this : NO_OP_VISITOR;
    }
}
