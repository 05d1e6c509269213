package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Pooling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Sentence encoders of a few kilobytes, one for every shape that exporters produce: a sum of embedding tables for the
 * token, its segment and its position, pooled or not. The numbers are random with a fixed seed, so that tests can
 * compute the expected vectors by hand.
 */
public final class TinyModel {
    /** Dimension of the network's vectors. */
    public static final int DIMENSION = 8;
    private static final int POSITIONS = 32;
    private static final List<String> WORDS = List
        .of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "shoes", "coffee", "mug", "running", "1984", "!!");
    /** A word with a much longer vector than the others, which determines the scale of a dynamic quantization. */
    private static final int LOUD = WORDS.indexOf("1984");

    private final OnnxWriter graph = new OnnxWriter();
    private final float[] tokens;
    private String output = "last_hidden_state";
    private Pooling pooling = Pooling.MEAN;
    private int dimension = DIMENSION;
    private boolean matryoshka;
    private int maxTokens = 16;
    private int vocabulary = WORDS.size();
    private String prefix = "";
    private String weightsFile;
    private byte[] weightsBeside;
    private String hidden;
    private int type = OnnxWriter.FLOAT;

    private TinyModel(long seed) {
        Random random = new Random(seed);
        tokens = new float[WORDS.size() * DIMENSION];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (i / DIMENSION == LOUD ? 100 : 1) * random.nextFloat(-1, 1);
        }
    }

    /** A network with ids and mask, as RoBERTa, XLM-R, MPNet, DistilBERT and ModernBERT are exported. */
    public static TinyModel roberta() {
        return roberta(1);
    }

    public static TinyModel roberta(long seed) {
        TinyModel model = new TinyModel(seed);
        model.input("input_ids").input("attention_mask");
        model.graph.message(5, OnnxWriter.weights("tokens", OnnxWriter.FLOAT, model.tokens, WORDS.size(), DIMENSION));
        return model.gather("tokens", "input_ids", "hidden");
    }

    /** A network with segments, as BERT is exported. */
    public static TinyModel bert() {
        return roberta().table("token_type_ids", 2);
    }

    /** A network with positions, as decoders are exported; texts cannot be longer than its table. */
    public static TinyModel withPositions() {
        return roberta().table("position_ids", POSITIONS);
    }

    /** A network with half precision throughout, including the output. */
    public static TinyModel half() {
        TinyModel model = new TinyModel(1);
        model.type = OnnxWriter.FLOAT16;
        model.input("input_ids").input("attention_mask");
        model.graph.message(5, OnnxWriter.weights("tokens", OnnxWriter.FLOAT16, model.tokens, WORDS.size(), DIMENSION));
        return model.gather("tokens", "input_ids", "hidden");
    }

    /** A dynamically quantized network: the scale of all numbers in a run affects each of them. */
    public static TinyModel quantized() {
        TinyModel model = roberta();
        model.graph.message(
            1,
            OnnxWriter.node("DynamicQuantizeLinear", new String[]{ model.hidden }, new String[]{ "q", "scale", "zero" })
        );
        model.graph.message(
            1, OnnxWriter.node("DequantizeLinear", new String[]{ "q", "scale", "zero" }, new String[]{ "dequantized" })
        );
        model.hidden = "dequantized";
        return model;
    }

    /** A network with its weights in a separate file, as exporters write models above two gigabytes. */
    public static TinyModel withWeightsIn(String file) {
        TinyModel model = new TinyModel(1);
        model.weightsFile = file;
        model.weightsBeside = OnnxWriter.raw(OnnxWriter.FLOAT, model.tokens);
        model.input("input_ids").input("attention_mask");
        model.graph.message(5, OnnxWriter.weightsBeside("tokens", file, WORDS.size(), DIMENSION));
        return model.gather("tokens", "input_ids", "hidden");
    }

    /**
     * Adds an output that is pooled inside the network, as sentence-transformers exports it, to the output of token
     * vectors.
     */
    TinyModel pooledInside() {
        graph.message(
            1,
            OnnxWriter.node(
                "ReduceMean", new String[]{ hidden }, new String[]{ "sentence_embedding" },
                OnnxWriter.attributeList("axes", 1), OnnxWriter.attribute("keepdims", 0)
            )
        );
        graph.message(12, OnnxWriter.value("sentence_embedding", type, "batch", DIMENSION));
        pooling = Pooling.NONE;
        return this;
    }

    TinyModel named(String name) {
        output = name;
        return this;
    }

    TinyModel pooling(Pooling with) {
        pooling = with;
        return this;
    }

    TinyModel describedAs(int describedDimension, boolean asMatryoshka) {
        dimension = describedDimension;
        matryoshka = asMatryoshka;
        return this;
    }

    TinyModel maxTokens(int tokensAtMost) {
        maxTokens = tokensAtMost;
        return this;
    }

    TinyModel queryPrefix(String before) {
        prefix = before;
        return this;
    }

    /** Adds a tensor that the model does not use. */
    TinyModel tensor(OnnxWriter tensor) {
        graph.message(5, tensor);
        return this;
    }

    /** Adds a node whose outputs the model does not use. */
    TinyModel node(OnnxWriter node) {
        graph.message(1, node);
        return this;
    }

    /** Adds a loop before the output that never ends. */
    TinyModel endless() {
        OnnxWriter body = new OnnxWriter().text(2, "body")
            .message(11, OnnxWriter.value("round", OnnxWriter.INT64))
            .message(11, OnnxWriter.value("go_on", OnnxWriter.BOOL))
            .message(11, OnnxWriter.value("before", type, "batch", "sequence", DIMENSION))
            .message(1, OnnxWriter.node("Identity", new String[]{ "go_on" }, new String[]{ "still" }))
            .message(1, OnnxWriter.node("Identity", new String[]{ "before" }, new String[]{ "after" }))
            .message(12, OnnxWriter.value("still", OnnxWriter.BOOL))
            .message(12, OnnxWriter.value("after", type, "batch", "sequence", DIMENSION));
        tensor(OnnxWriter.yes("yes"));
        node(
            OnnxWriter.node(
                "Loop", new String[]{ "", "yes", hidden }, new String[]{ "at_last" },
                OnnxWriter.attributeGraph("body", body)
            )
        );
        hidden = "at_last";
        return this;
    }

    /** Gives the tokenizer more tokens than the network has rows. */
    TinyModel tokenizerWith(int tokensInAll) {
        vocabulary = tokensInAll;
        return this;
    }

    TinyModel input(String name) {
        graph.message(11, OnnxWriter.value(name, OnnxWriter.INT64, "batch", "sequence"));
        return this;
    }

    /** The row of a word in the network's table. */
    static float[] row(String word) {
        TinyModel model = new TinyModel(1);
        float[] row = new float[DIMENSION];
        System.arraycopy(model.tokens, WORDS.indexOf(word) * DIMENSION, row, 0, DIMENSION);
        return row;
    }

    byte[] network() {
        graph.message(1, OnnxWriter.node("Identity", new String[]{ hidden }, new String[]{ output }));
        graph.message(12, OnnxWriter.value(output, type, "batch", "sequence", DIMENSION));
        return OnnxWriter.model(graph);
    }

    /** Writes the model's folder and its files. */
    public ModelFolder write(Path parent, String modelId) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(modelId));
        Path model = folder.resolve("model.onnx");
        Path tokenizer = folder.resolve("tokenizer.json");
        Files.write(model, network());
        if (weightsFile != null) {
            Files.write(folder.resolve(weightsFile), weightsBeside);
        }
        Files.writeString(tokenizer, tokenizer());
        Files.writeString(
            folder.resolve("model.json"),
            String.format(
                Locale.ROOT,
                "{\"model_id\":\"%s\",\"dimension\":%d,\"pooling\":\"%s\",\"max_tokens\":%d,\"query_prefix\":\"%s\",\"matryoshka\":%s}",
                modelId, dimension, pooling.name().toLowerCase(Locale.ROOT), maxTokens, prefix, matryoshka
            )
        );
        ModelSpec spec = new ModelSpec(
            modelId, dimension, pooling, true, maxTokens, prefix, "", Optional.empty(), matryoshka
        );
        return new ModelFolder(spec, model, tokenizer);
    }

    private TinyModel gather(String table, String by, String result) {
        graph.message(1, OnnxWriter.node("Gather", new String[]{ table, by }, new String[]{ result }));
        hidden = result;
        return this;
    }

    /** Adds the row of a table for each number of an input. */
    private TinyModel table(String input, int rows) {
        Random random = new Random(rows);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        String before = hidden;
        input(input);
        graph.message(5, OnnxWriter.weights(input + "_table", OnnxWriter.FLOAT, values, rows, DIMENSION));
        gather(input + "_table", input, input + "_hidden");
        graph.message(
            1, OnnxWriter.node("Add", new String[]{ before, input + "_hidden" }, new String[]{ input + "_sum" })
        );
        hidden = input + "_sum";
        return this;
    }

    private String tokenizer() {
        StringBuilder vocab = new StringBuilder();
        for (int i = 0; i < vocabulary; i++) {
            vocab.append(i == 0 ? "" : ",")
                .append('"')
                .append(i < WORDS.size() ? WORDS.get(i) : "word" + i)
                .append("\":")
                .append(i);
        }
        return """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[
              {"id":1,"content":"[UNK]","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
              {"id":2,"content":"[CLS]","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
              {"id":3,"content":"[SEP]","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
             "normalizer":null,"pre_tokenizer":{"type":"Whitespace"},"decoder":null,
             "post_processor":{"type":"TemplateProcessing",
               "single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],
               "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
               "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},"[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}},
             "model":{"type":"WordLevel","vocab":{VOCAB},"unk_token":"[UNK]"}}"""
            .replace("VOCAB", vocab);
    }
}
