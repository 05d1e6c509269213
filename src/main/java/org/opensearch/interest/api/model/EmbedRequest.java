package org.opensearch.interest.api.model;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.json.JsonObjectReader;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Request to embed texts by one model, as passages or as queries. */
public final class EmbedRequest extends ActionRequest {
    /** More texts are better embedded as documents. */
    static final int MAX_TEXTS = 10_000;

    private final String modelId;
    private final List<String> texts;
    private final TextType type;
    /** null for the default timeout */
    private final TimeValue timeout;

    /** @throws IllegalArgumentException if there are no texts, too many texts, or a text that cannot be embedded */
    public EmbedRequest(String modelId, List<String> texts, TextType type) {
        this(modelId, texts, type, null);
    }

    /**
     * @param timeout time after which the request fails with 429 and the model skips the texts it has not begun; null
     *                for the default
     */
    EmbedRequest(String modelId, List<String> texts, TextType type, TimeValue timeout) {
        if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
            throw new IllegalArgumentException(
                "[interest] [texts] of embed request must hold 1 to " + MAX_TEXTS + " texts, but holds [" + texts.size()
                    + "]"
            );
        }
        for (int i = 0; i < texts.size(); i++) {
            TextRules.require("texts[" + i + "]", texts.get(i));
        }
        this.modelId = modelId;
        this.texts = List.copyOf(texts);
        this.type = type;
        this.timeout = timeout;
    }

    /** @param json the body: {@code {"texts":["…"],"type":"passage"|"query"}} */
    static EmbedRequest fromJson(String modelId, Map<String, Object> json, TimeValue timeout) {
        JsonObjectReader body = new JsonObjectReader("embed request", json);
        body.require("texts", "a list of strings");
        List<String> texts = body.strings("texts");
        TextType type = TextType.valueOf(body.oneOf("type", "passage", "passage", "query").toUpperCase(Locale.ROOT));
        body.done();
        return new EmbedRequest(modelId, texts, type, timeout);
    }

    public EmbedRequest(StreamInput in) throws IOException {
        super(in);
        modelId = in.readString();
        texts = in.readStringList();
        type = in.readEnum(TextType.class);
        timeout = in.readOptionalTimeValue();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(modelId);
        out.writeStringCollection(texts);
        out.writeEnum(type);
        out.writeOptionalTimeValue(timeout);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    String modelId() {
        return modelId;
    }

    List<String> texts() {
        return texts;
    }

    TextType type() {
        return type;
    }

    TimeValue timeout() {
        return timeout;
    }
}
