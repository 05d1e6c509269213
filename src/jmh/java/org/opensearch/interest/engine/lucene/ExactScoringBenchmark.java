package org.opensearch.interest.engine.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Milliseconds per exact search over 100,000 vectors of 384 dimensions in one segment, compared with the time of
 * Lucene's own bulk scorer for one vector.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgs = { "--add-modules=jdk.incubator.vector", "-Xmx2g" })
public class ExactScoringBenchmark {
    private static final int SIZE = 100_000;
    private static final int DIMENSION = 384;

    private final Random random = new Random(42);
    private Path folder;
    private DirectoryReader reader;
    private IndexSearcher searcher;
    private float[] direction;
    private InterestFunction oneVector;
    private PersonalFunction eightTopics;
    private PersonalFunction withBoosts;
    private BoostedItems boostedItems;

    @Setup
    public void index() throws IOException {
        folder = Files.createTempDirectory("interest-benchmark");
        IndexWriterConfig config = new IndexWriterConfig().setCodec(new SparseGraphCodec())
            .setRAMBufferSizeMB(1024)
            .setMaxBufferedDocs(SIZE + 1);
        try (FSDirectory directory = FSDirectory.open(folder);
            IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < SIZE; i++) {
                float[] vector = unit();
                Document document = new Document();
                document.add(new StringField("id", new BytesRef(Integer.toString(i)), Field.Store.NO));
                document.add(new KnnFloatVectorField("unit", vector, VectorSimilarityFunction.DOT_PRODUCT));
                ByteBuffer bytes = ByteBuffer.allocate(DIMENSION * Float.BYTES);
                bytes.asFloatBuffer().put(vector);
                document.add(new BinaryDocValuesField("binary", new BytesRef(bytes.array())));
                writer.addDocument(document);
            }
        }
        reader = DirectoryReader.open(FSDirectory.open(folder));
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        direction = unit();
        oneVector = new SimilarityFunction(direction);
        List<ScoringDirection> topics = IntStream.range(0, 8)
            .mapToObj(i -> new ScoringDirection(unit(), 0.1f, 1 / 8f))
            .toList();
        eightTopics = new PersonalFunction(new ScoringDirection(unit(), 0.1f), topics, 0.8f);
        TreeMap<String, ItemBoost> boosts = new TreeMap<>();
        TreeMap<BytesRef, ItemBoost> terms = new TreeMap<>();
        for (int i = 0; i < ItemBoosts.MOST; i++) {
            String id = Integer.toString(i * (SIZE / ItemBoosts.MOST));
            boosts.put(id, new ItemBoost(1f, 0.5f, 0f, "0"));
            terms.put(new BytesRef(id), boosts.get(id));
        }
        withBoosts = eightTopics.with(new ItemBoosts(1f, boosts));
        boostedItems = new BoostedItems("id", terms);
    }

    /**
     * Codec with few graph links, so that the index is built sooner; no benchmark walks the graph. The layout of the
     * vectors is the default one.
     */
    private static final class SparseGraphCodec extends Lucene104Codec {
        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return new Lucene99HnswVectorsFormat(2, 2);
        }
    }

    @TearDown
    public void remove() throws IOException {
        reader.directory().close();
        reader.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private float[] unit() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Vectors.unit(vector);
    }

    @Benchmark
    public float luceneBulkScorer() throws IOException {
        float best = 0;
        DocAndFloatFeatureBuffer buffer = new DocAndFloatFeatureBuffer();
        for (LeafReaderContext leaf : reader.leaves()) {
            FloatVectorValues values = leaf.reader().getFloatVectorValues("unit");
            VectorScorer.Bulk bulk = values.scorer(direction).bulk(null);
            while (true) {
                float max = bulk.nextDocsAndScores(DocIdSetIterator.NO_MORE_DOCS, null, buffer);
                if (buffer.size == 0) {
                    break;
                }
                best = Math.max(best, max);
            }
        }
        return best;
    }

    @Benchmark
    public TopDocs matchAllFloor() throws IOException {
        return searcher.search(MatchAllDocsQuery.INSTANCE, 10);
    }

    @Benchmark
    public TopDocs oneVector() throws IOException {
        return top("unit", oneVector, 1f);
    }

    @Benchmark
    public TopDocs oneVectorBlended() throws IOException {
        return top("unit", oneVector, 0.3f);
    }

    @Benchmark
    public TopDocs oneVectorFromDocValues() throws IOException {
        return top("binary", oneVector, 1f);
    }

    @Benchmark
    public TopDocs dynamicAndEightTopics() throws IOException {
        return top("unit", eightTopics, 1f);
    }

    /** Looks a thousand boosted items up first, and compares each document with them. */
    @Benchmark
    public TopDocs dynamicAndEightTopicsAndAThousandItems() throws IOException {
        Query query = new InterestQuery(
            MatchAllDocsQuery.INSTANCE, List.of(VectorField.of("unit")), withBoosts, new RelevanceBlend(1f),
            boostedItems
        );
        return searcher.search(query, 10);
    }

    private TopDocs top(String field, InterestFunction function, float weight) throws IOException {
        return searcher
            .search(new InterestQuery(MatchAllDocsQuery.INSTANCE, field, function, new RelevanceBlend(weight)), 10);
    }
}
