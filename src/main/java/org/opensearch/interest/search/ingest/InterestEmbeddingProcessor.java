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
 * Writes the vectors of a document's texts into the document. All documents that a {@code _bulk} brings to the pipeline
 * are embedded together, over all cores, whatever the user set; a document that cannot be embedded fails alone, and one
 * that brings its text's own vector along may keep it. No thread of the write pool waits. Thread-safe.
 */
final class InterestEmbeddingProcessor extends AbstractProcessor {
    private static final Logger logger = LogManager.getLogger(InterestEmbeddingProcessor.class);

    static final String TYPE = "interest_embedding";

    /** For callers that know no other way than to wait. */
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
            // what comes after us failed; nobody else would ever hear of it
            logger.error("a pipeline failed after its embeddings were done", e);
            return null;
        });
    }

    /** Never fails for one document's sake: what is wrong with a document stands in its wrapper. */
    private CompletableFuture<Void> embed(List<IngestDocumentWrapper> documents) {
        if (options.skipExisting() == false && options.modelVersion().isEmpty()) {
            return embed(documents, null);
        }
        return embedder.version(options.modelId()).thenCompose(version -> {
            requireVersion(version);
            return embed(documents, version);
        });
    }

    /** Vectors of two versions of a model do not compare: whoever says which one is meant gets no other. */
    private void requireVersion(String version) {
        String wanted = options.modelVersion().orElse(version);
        if (wanted.equals(version) == false) {
            throw new IllegalArgumentException(
                "[interest] [model_version] of interest_embedding is [" + wanted + "], but the files of model ["
                    + options.modelId() + "] on this node are version [" + version
                    + "]: vectors of both in one index would not compare. Give every node the same files and"
                    + " reload the model, or embed everything anew and change [model_version]"
            );
        }
    }

    /** @param version of the model; null where it does not matter */
    private CompletableFuture<Void> embed(List<IngestDocumentWrapper> documents, String version) {
        Optional<ModelSpec> known = options.skipExisting() ? models.spec(options.modelId()) : Optional.empty();
        EmbeddingFingerprint fingerprint = known
            .map(spec -> new EmbeddingFingerprint(spec, version, options.type(), options.longText()))
            .orElse(null);
        List<Wanted> wanted = new ArrayList<>();
        for (IngestDocumentWrapper document : documents) {
            // one that failed in an earlier processor comes along without its document
            if (document.getException() == null && document.getIngestDocument() != null) {
                collect(document, fingerprint, known.map(ModelSpec::dimension).orElse(0), wanted);
            }
        }
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> texts = wanted.stream().map(Wanted::text).toList();
        return embedder.embed(options.modelId(), texts, options.type(), options.longText())
            .handle((vectors, failure) -> {
                if (failure == null) {
                    UnknownTokenWarnings.warn(options.modelId(), vectors);
                }
                for (int i = 0; i < wanted.size(); i++) {
                    if (failure == null) {
                        wanted.get(i).put(vectors.get(i).vector());
                    } else {
                        fail(wanted.get(i).document(), ModelErrors.asAnswer(failure));
                    }
                }
                return null;
            });
    }

    /** @param fingerprint null where every vector is made anew */
    private void collect(
        IngestDocumentWrapper document, EmbeddingFingerprint fingerprint, int dimension, List<Wanted> wanted
    ) {
        List<Wanted> ofDocument = new ArrayList<>();
        try {
            for (EmbeddingTarget target : options.targets()) {
                String text = target.textOf(document.getIngestDocument(), options.ignoreMissing());
                String ofText = text == null || fingerprint == null ? null : fingerprint.of(text);
                boolean unchanged = ofText != null && target.holds(document.getIngestDocument(), ofText, dimension);
                if (text != null && unchanged == false) {
                    ofDocument.add(new Wanted(document, target, text, ofText));
                }
            }
        } catch (RuntimeException e) {
            fail(document, e);
            return;
        }
        wanted.addAll(ofDocument);
    }

    /** The document stays in its wrapper: whoever handles the failure reads its metadata. */
    private static void fail(IngestDocumentWrapper document, Exception e) {
        document.update(document.getIngestDocument(), e);
    }

    private record Wanted(IngestDocumentWrapper document, EmbeddingTarget target, String text, String fingerprint) {
        void put(float[] vector) {
            if (document.getException() != null) {
                return;
            }
            try {
                target.put(document.getIngestDocument(), vector, fingerprint);
            } catch (RuntimeException e) {
                // the path leads through something that is no object
                fail(document, e);
            }
        }
    }
}
