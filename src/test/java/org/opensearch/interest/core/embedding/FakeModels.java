package org.opensearch.interest.core.embedding;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Models whose vectors are made by a function; every model of a name that is not "unknown" is the same. */
public class FakeModels implements Models {
    private final CompletableFuture<Encoder> encoder;
    private final List<ModelException> disabled = new CopyOnWriteArrayList<>();

    public FakeModels(Function<String, float[]> embedding) {
        this(CompletableFuture.completedFuture(encoder(embedding)));
    }

    /** For a test that decides when the model is loaded. */
    public FakeModels(CompletableFuture<Encoder> encoder) {
        this.encoder = encoder;
    }

    public static Encoder encoder(Function<String, float[]> embedding) {
        return new Encoder() {
            @Override
            public Embedding encode(String text, TextType type) {
                return new Embedding(embedding.apply(text), 1, false, 0);
            }

            @Override
            public Embedding encodeWhole(String text, TextType type) {
                return encode(text, type);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public CompletableFuture<Encoder> encoder(String modelId) {
        ModelException problem = problem(modelId);
        return problem == null ? encoder.copy() : CompletableFuture.failedFuture(problem);
    }

    @Override
    public Optional<ModelSpec> spec(String modelId) {
        return Optional.empty();
    }

    @Override
    public Set<String> ids() {
        return new TreeSet<>(Set.of("fake"));
    }

    @Override
    public ModelException problem(String modelId) {
        return modelId.equals("unknown")
            ? new ModelException(
                ModelException.Kind.UNKNOWN, "[interest] there is no model [unknown]; there are [fake]"
            )
            : null;
    }

    @Override
    public void disable(String modelId, Encoder failed, ModelException reason) {
        disabled.add(reason);
    }

    /** Why models were switched off. */
    public List<ModelException> disabled() {
        return disabled;
    }
}
