package org.opensearch.interest.search.ingest;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ingest.AbstractProcessor;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.engine.inference.ModelErrors;
import org.opensearch.interest.engine.inference.UnknownTokenWarnings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes the vectors of a document's texts into the document. All documents of a {@code _bulk} in the pipeline are
 * embedded together, on all cores, up to the configured batch size. A document that cannot be embedded fails alone, and
 * a document that already contains its text's vector can keep it. No thread of the write pool waits. Thread-safe.
 */
final class InterestEmbeddingProcessor extends AbstractProcessor {
    private static final Logger logger = LogManager.getLogger(InterestEmbeddingProcessor.class);

    static final String TYPE = "interest_embedding";

    /** Time limit for callers of the synchronous method. */
    private static final long DEADLINE_SECONDS = 120;

    private final Models models;
    private final Embedder embedder;
    private final EmbeddingOptions options;

    InterestEmbeddingProcessor(
        String tag, String description, Models models, Embedder embedder, EmbeddingOptions options
    ) {
        super(tag, description);
        this.models = models;
        this.embedder = embedder;
        this.options = options;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public IngestDocument execute(IngestDocument document) throws Exception {
        IngestDocumentWrapper wrapper = new IngestDocumentWrapper(0, 0, document, null);
        embed(List.of(wrapper)).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (wrapper.getException() != null) {
            throw wrapper.getException();
        }
        return document;
    }

    @Override
    public void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
        IngestDocumentWrapper wrapper = new IngestDocumentWrapper(0, 0, document, null);
        embed(List.of(wrapper)).whenComplete((done, failure) -> {
            Exception exception = failure == null ? wrapper.getException() : ModelErrors.asAnswer(failure);
            handler.accept(exception == null ? document : null, exception);
        });
    }

    @Override
    public void batchExecute(List<IngestDocumentWrapper> documents, Consumer<List<IngestDocumentWrapper>> handler) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (int from = 0; from < documents.size(); from += options.batchSize()) {
            List<IngestDocumentWrapper> batch = documents
                .subList(from, Math.min(documents.size(), from + options.batchSize()));
            all = all.thenCompose(before -> embed(batch));
        }
        all.whenComplete((done, failure) -> {
            if (failure != null) {
                documents.forEach(document -> fail(document, ModelErrors.asAnswer(failure)));
            }
            handler.accept(documents);
        }).exceptionally(e -> {
            // a later step of the pipeline failed; no caller receives this exception, so it is logged here
            logger.error("a pipeline failed after its embeddings were done", e);
            return null;
        });
    }

    /** Embeds documents. An error of a single document is set on its wrapper and does not fail the others. */
    private CompletableFuture<Void> embed(List<IngestDocumentWrapper> documents) {
        if (options.skipExisting() == false && options.modelVersion().isEmpty()) {
            return embed(documents, null);
        }
        return embedder.version(options.modelId()).thenCompose(version -> {
            requireVersion(version);
            return embed(documents, version);
        });
    }

    /**
     * Rejects another version than the configured one, because vectors of two versions of a model are not comparable.
     */
    private void requireVersion(String version) {
        String allowed = options.modelVersion().orElse(version);
        if (allowed.equals(version) == false) {
            throw new IllegalArgumentException(
                "[interest] [model_version] of interest_embedding is [" + allowed + "], but the files of model ["
                    + options.modelId() + "] on this node are version [" + version
                    + "]: vectors of both in one index would not compare. Give every node the same files and"
                    + " reload the model, or embed everything anew and change [model_version]"
            );
        }
    }

    /** @param version of the model; null if irrelevant */
    private CompletableFuture<Void> embed(List<IngestDocumentWrapper> documents, String version) {
        Optional<ModelSpec> known = options.skipExisting() ? models.spec(options.modelId()) : Optional.empty();
        EmbeddingFingerprint fingerprint = known
            .map(spec -> new EmbeddingFingerprint(spec, version, options.type(), options.longText()))
            .orElse(null);
        List<PendingVector> pending = new ArrayList<>();
        for (IngestDocumentWrapper document : documents) {
            // a wrapper that failed in an earlier processor has no document
            if (document.getException() == null && document.getIngestDocument() != null) {
                collect(document, fingerprint, known.map(ModelSpec::dimension).orElse(0), pending);
            }
        }
        if (pending.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> texts = pending.stream().map(PendingVector::text).toList();
        return embedder.embed(options.modelId(), texts, options.type(), options.longText())
            .handle((vectors, failure) -> {
                if (failure == null) {
                    UnknownTokenWarnings.warn(options.modelId(), vectors);
                }
                for (int i = 0; i < pending.size(); i++) {
                    if (failure == null) {
                        pending.get(i).put(vectors.get(i).vector());
                    } else {
                        fail(pending.get(i).document(), ModelErrors.asAnswer(failure));
                    }
                }
                return null;
            });
    }

    /** @param fingerprint null if every vector is computed again */
    private void collect(
        IngestDocumentWrapper document, EmbeddingFingerprint fingerprint, int dimension, List<PendingVector> pending
    ) {
        List<PendingVector> ofDocument = new ArrayList<>();
        try {
            for (EmbeddingTarget target : options.targets()) {
                String text = target.textOf(document.getIngestDocument(), options.ignoreMissing());
                String ofText = text == null || fingerprint == null ? null : fingerprint.of(text);
                boolean unchanged = ofText != null && target.holds(document.getIngestDocument(), ofText, dimension);
                if (text != null && unchanged == false) {
                    ofDocument.add(new PendingVector(document, target, text, ofText));
                }
            }
        } catch (RuntimeException e) {
            fail(document, e);
            return;
        }
        pending.addAll(ofDocument);
    }

    /** Sets an exception on the wrapper and keeps its document, because failure handlers read its metadata. */
    private static void fail(IngestDocumentWrapper document, Exception e) {
        document.update(document.getIngestDocument(), e);
    }

    private record PendingVector(
        IngestDocumentWrapper document,
        EmbeddingTarget target,
        String text,
        String fingerprint
    ) {
        void put(float[] vector) {
            if (document.getException() != null) {
                return;
            }
            try {
                target.put(document.getIngestDocument(), vector, fingerprint);
            } catch (RuntimeException e) {
                // the path leads through a value that is not an object
                fail(document, e);
            }
        }
    }
}
