package org.opensearch.interest.api.evaluation;

import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Vectors of the users' search texts, by the tracker's model. Blocks: needs a thread of its own. */
final class SearchTextVectors {
    private static final int BATCH = 64;
    /** Limit of the texts: some minutes of work for the node's models, which searches need as well. */
    static final int MOST = 10_000;
    private static final long TIMEOUT_SECONDS = 60;

    private final Embedder embedder;
    private final List<String> notes;

    SearchTextVectors(Embedder embedder, List<String> notes) {
        this.embedder = embedder;
        this.notes = notes;
    }

    /**
     * Returns one vector per text. It is null for texts beyond the first {@value #MOST} and for vectors with another
     * dimension than the items' vectors. If the model fails, the vectors from that batch on are null: those searches
     * count nothing, and a note says so.
     *
     * @param progress is called after every batch; throws to stop
     */
    List<float[]> of(String modelId, List<String> texts, int dimension, IntConsumer progress) {
        List<float[]> vectors = new ArrayList<>(Arrays.asList(new float[texts.size()][]));
        if (texts.size() > MOST) {
            notes.add(
                "[" + MOST + "] of [" + texts.size() + "] different searches were embedded: the others count nothing"
            );
        }
        for (int from = 0; from < Math.min(MOST, texts.size()); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(Math.min(from + BATCH, MOST), texts.size()))
                .stream()
                .map(text -> TextRules.truncate("text", text))
                .toList();
            CompletableFuture<List<Embedding>> pending = embedder.embed(modelId, batch, TextType.QUERY);
            try {
                List<Embedding> embeddings = pending.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                for (int i = 0; i < embeddings.size(); i++) {
                    float[] vector = embeddings.get(i).vector();
                    vectors.set(from + i, vector.length == dimension ? Vectors.unit(vector) : null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the evaluation was interrupted", e);
            } catch (ExecutionException | TimeoutException e) {
                pending.cancel(true);
                Throwable cause = e.getCause() == null ? e : e.getCause();
                notes.add(
                    "searches could not be embedded from the [" + (from + 1) + "]th on, and count nothing: "
                        + cause.getMessage()
                );
                return vectors;
            }
            progress.accept(from + batch.size());
        }
        return vectors;
    }
}
