package org.opensearch.interest.search.script;

import org.opensearch.script.ScoreScript;
import org.opensearch.script.ScriptContext;
import org.opensearch.script.ScriptEngine;
import org.opensearch.script.ScriptException;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Script engine of {@code {"lang":"interest","source":"similarity","params":{…}}} in score contexts. A script returns
 * the score of an {@code interest} query of weight 1.
 */
public final class InterestScriptEngine implements ScriptEngine {
    public static final String LANG = "interest";
    static final String SOURCE = "similarity";

    @Override
    public String getType() {
        return LANG;
    }

    @Override
    public <F> F compile(String name, String code, ScriptContext<F> context, Map<String, String> options) {
        if (ScoreScript.CONTEXT.equals(context) == false) {
            throw refused(
                "scripts can be used in context [" + ScoreScript.CONTEXT.name + "] only, but this is [" + context.name
                    + "]",
                code
            );
        }
        if (SOURCE.equals(code) == false) {
            throw refused("the source of a script must be [" + SOURCE + "], but was [" + code + "]", code);
        }
        return context.factoryClazz.cast(new InterestScoreFactory());
    }

    /** Returns the only exception that core passes on unchanged. */
    private static ScriptException refused(String reason, String code) {
        String message = "[interest] " + reason;
        return new ScriptException(message, new IllegalArgumentException(message), List.of(), code, LANG);
    }

    @Override
    public Set<ScriptContext<?>> getSupportedContexts() {
        return Set.of(ScoreScript.CONTEXT);
    }
}
