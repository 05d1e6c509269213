package org.opensearch.interest.engine.lucene;

import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.search.CheckHits;
import org.apache.lucene.tests.search.QueryUtils;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.util.BytesRef;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The query over random indices, compared with a computation without Lucene. */
public class InterestQueryTests extends LuceneTestCase {
    private static final int DIMENSION = 17;
    private static final String[] FIELDS = { "unit", "raw", "inner", "binary" };

    private final Map<String, float[]> vectors = new HashMap<>();
    private Directory directory;
    private IndexReader reader;
    private IndexSearcher searcher;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        directory = newDirectory();
        try (RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
            int documents = atLeast(60);
            for (int i = 0; i < documents; i++) {
                writer.addDocument(document("d" + i));
                if (rarely()) {
                    writer.commit();
                }
            }
            // QueryUtils does not support deletions.
            for (int i = 0; i < documents && getTestName().contains("BruteForce"); i += 11) {
                writer.deleteDocuments(new Term("id", "d" + i));
            }
            reader = writer.getReader();
        }
        searcher = newSearcher(reader);
    }

    @Override
    public void tearDown() throws Exception {
        reader.close();
        directory.close();
        super.tearDown();
    }

    private Document document(String id) {
        Document document = new Document();
        document.add(new StringField("id", id, Field.Store.YES));
        document.add(
            new TextField(
                "body", "shoe ".repeat(random().nextInt(4)) + "mug ".repeat(random().nextInt(3)), Field.Store.NO
            )
        );
        if (random().nextInt(4) > 0) {
            float[] vector = anyVector();
            vectors.put(id, vector);
            document.add(new KnnFloatVectorField("unit", Vectors.unit(vector), VectorSimilarityFunction.DOT_PRODUCT));
            document.add(new KnnFloatVectorField("raw", vector, VectorSimilarityFunction.EUCLIDEAN));
            document.add(new KnnFloatVectorField("inner", vector, VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT));
            // The format of the k-NN plugin in an index without index.knn; a ByteBuffer is big-endian by default.
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
            bytes.asFloatBuffer().put(vector);
            document.add(new BinaryDocValuesField("binary", new BytesRef(bytes.array())));
        }
        document.add(new StoredField("other", 1));
        return document;
    }

    public void testScoresEqualBruteForce() throws IOException {
        for (String field : FIELDS) {
            for (InterestFunction function : List.of(SimilarityFunction.to(anyVector()), personal(0), personal(8))) {
                for (float weight : new float[]{ 0f, 0.3f, 1f }) {
                    assertBruteForce(
                        new TermQuery(new Term("body", "shoe")), field, function, new RelevanceBlend(weight)
                    );
                    assertBruteForce(MatchAllDocsQuery.INSTANCE, field, function, new RelevanceBlend(weight));
                }
            }
        }
    }

    private void assertBruteForce(Query inner, String field, InterestFunction function, RelevanceBlend blend)
        throws IOException {
        Map<String, Float> relevance = scores(inner);
        Map<String, Float> personal = scores(new InterestQuery(inner, field, function, blend));
        assertEquals(relevance.keySet(), personal.keySet());
        for (Map.Entry<String, Float> hit : personal.entrySet()) {
            float expected = blend.combine(relevance.get(hit.getKey()), interest(function, vectors.get(hit.getKey())));
            assertEquals(field + " " + blend, expected, hit.getValue(), 1e-5f * Math.max(1f, expected));
        }
    }

    private static float interest(InterestFunction function, float[] vector) {
        if (vector == null) {
            return 0.5f;
        }
        float[] dots = new float[function.directions().size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (float) (Vectors.dot(function.directions().get(i), vector) / Vectors.norm(vector));
        }
        return function.score(dots);
    }

    public void testKeepsLucenesRules() throws IOException {
        for (String field : FIELDS) {
            for (float weight : new float[]{ 0f, 0.4f, 1f }) {
                Query inner = new TermQuery(new Term("body", "shoe"));
                QueryUtils.check(
                    random(), new InterestQuery(inner, field, personal(3), new RelevanceBlend(weight)), searcher
                );
                // Lucene's batches round the last bits differently than explain does, and these checks need equality.
                if (field.equals("binary") || weight < 1f) {
                    QueryUtils.check(
                        random(),
                        new InterestQuery(MatchAllDocsQuery.INSTANCE, field, personal(3), new RelevanceBlend(weight)),
                        searcher
                    );
                }
            }
        }
    }

    public void testInsideOtherQueries() throws IOException {
        Query mine = new InterestQuery(
            new TermQuery(new Term("body", "shoe")), "raw", personal(2), new RelevanceBlend(0.5f)
        );
        BooleanQuery.Builder bool = new BooleanQuery.Builder().add(mine, BooleanClause.Occur.SHOULD)
            .add(new TermQuery(new Term("body", "mug")), BooleanClause.Occur.SHOULD);
        QueryUtils.check(random(), bool.build(), searcher);
        QueryUtils.check(
            random(),
            new BooleanQuery.Builder().add(mine, BooleanClause.Occur.MUST)
                .add(new TermQuery(new Term("body", "mug")), BooleanClause.Occur.FILTER)
                .build(),
            searcher
        );
        QueryUtils.check(random(), new BoostQuery(mine, 2.5f), searcher);
        assertEquals(searcher.count(new TermQuery(new Term("body", "shoe"))), searcher.count(mine));
    }

    public void testTheBoostCountsOnce() throws IOException {
        Query mine = new InterestQuery(
            new TermQuery(new Term("body", "shoe")), "unit", personal(1), new RelevanceBlend(0.5f)
        );
        Map<String, Float> plain = scores(mine);
        scores(new BoostQuery(mine, 4f)).forEach((id, score) -> assertEquals(4 * plain.get(id), score, 1e-5));
    }

    public void testExplanationsAgreeWithScores() throws IOException {
        for (String field : FIELDS) {
            for (InterestFunction function : List.of(SimilarityFunction.to(anyVector()), personal(0), personal(4))) {
                for (float weight : new float[]{ 0f, 0.3f, 1f }) {
                    Query inner = new TermQuery(new Term("body", "shoe"));
                    Query mine = new InterestQuery(inner, field, function, new RelevanceBlend(weight));
                    CheckHits.checkExplanations(new BoostQuery(mine, 3f), "body", searcher, true);
                    CheckHits.checkExplanations(mine, "body", searcher, true);
                }
            }
        }
    }

    public void testExplanationTellsTheParts() throws IOException {
        Query mine = new InterestQuery(
            new TermQuery(new Term("body", "shoe")), "unit", personal(2), new RelevanceBlend(0.25f)
        );
        ScoreDoc best = searcher.search(mine, 1).scoreDocs[0];
        Explanation told = searcher.explain(mine, best.doc);
        assertEquals(
            "personal score, computed as relevance^(1 - weight) * interest^weight from:", told.getDescription()
        );
        float weight = told.getDetails()[0].getValue().floatValue();
        float relevance = told.getDetails()[1].getValue().floatValue();
        float interest = told.getDetails()[2].getValue().floatValue();
        assertEquals(0.25f, weight, 0f);
        assertEquals(best.score, Math.pow(relevance, 1 - weight) * Math.pow(interest, weight), 1e-6);
    }

    public void testBatchesAgreeWithOneByOne() throws IOException {
        for (String field : FIELDS) {
            InterestFunction function = personal(5);
            Query mine = new InterestQuery(MatchAllDocsQuery.INSTANCE, field, function, new RelevanceBlend(1f));
            Map<String, Float> batches = scores(mine);
            Map<String, Float> oneByOne = scores(
                new InterestQuery(allOneByOne(), field, function, new RelevanceBlend(1f))
            );
            assertEquals(reader.numDocs(), batches.size());
            assertEquals(oneByOne.keySet(), batches.keySet());
            oneByOne.forEach((id, score) -> assertEquals(field, score, batches.get(id), 1e-6f));
            for (ScoreDoc hit : searcher.search(mine, 10).scoreDocs) {
                assertEquals(hit.score, searcher.explain(mine, hit.doc).getValue().floatValue(), 1e-6f);
            }
        }
    }

    private static Query allOneByOne() {
        return new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, BooleanClause.Occur.SHOULD)
            .add(new TermQuery(new Term("body", "shoe")), BooleanClause.Occur.SHOULD)
            .build();
    }

    /** Uses the codec and the directory of a node, in which vectors of any length are scored in batches. */
    public void testBatchesOfVectorsOfAnyLength() throws IOException {
        float[] lengths = { 0f, 1e-25f, 1e-3f, 0.3f, 0.5f, 0.7f, 1f, 3f, 100f, 1e5f, 1e9f };
        try (Directory mapped = new MMapDirectory(createTempDir())) {
            try (IndexWriter writer = new IndexWriter(mapped, new IndexWriterConfig().setCodec(new Lucene104Codec()))) {
                for (int i = 0; i < 500; i++) {
                    Document document = new Document();
                    if (i % 9 != 0) {
                        float[] vector = Vectors.scaled(Vectors.unit(anyVector()), lengths[i % lengths.length]);
                        document.add(
                            new KnnFloatVectorField("raw", vector, VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT)
                        );
                    }
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
            try (IndexReader any = DirectoryReader.open(mapped)) {
                for (InterestFunction function : List
                    .of(SimilarityFunction.to(anyVector()), personal(0), personal(8))) {
                    boolean batch = AllDocumentsBulkScorer
                        .of(any.leaves().get(0).reader(), "raw", function, BoostedItems.NONE, 1f) != null;
                    assertEquals(function.directions().size() == 1, batch);
                    IndexSearcher alone = new IndexSearcher(any);
                    TopDocs batches = alone.search(
                        new InterestQuery(MatchAllDocsQuery.INSTANCE, "raw", function, new RelevanceBlend(1f)), 500
                    );
                    TopDocs oneByOne = alone
                        .search(new InterestQuery(allOneByOne(), "raw", function, new RelevanceBlend(1f)), 500);
                    Map<Integer, Float> expected = new HashMap<>();
                    for (ScoreDoc hit : oneByOne.scoreDocs) {
                        expected.put(hit.doc, hit.score);
                    }
                    assertEquals(500, batches.scoreDocs.length);
                    for (ScoreDoc hit : batches.scoreDocs) {
                        assertEquals(
                            "of length " + lengths[hit.doc % lengths.length], expected.get(hit.doc), hit.score, 1e-6f
                        );
                    }
                    TopDocs inParts = partitioned(any, 7).search(
                        new InterestQuery(MatchAllDocsQuery.INSTANCE, "raw", function, new RelevanceBlend(1f)), 500
                    );
                    assertEquals(500, inParts.totalHits.value());
                    for (int i = 0; i < 500; i++) {
                        assertEquals(batches.scoreDocs[i].doc, inParts.scoreDocs[i].doc);
                        assertEquals(batches.scoreDocs[i].score, inParts.scoreDocs[i].score, 0f);
                    }
                }
            }
        }
    }

    /** A searcher that splits each segment into partitions, as a node can be configured to do. */
    private static IndexSearcher partitioned(IndexReader reader, int partitions) {
        return new IndexSearcher(reader, Runnable::run) {
            @Override
            protected LeafSlice[] slices(List<LeafReaderContext> leaves) {
                List<LeafSlice> slices = new ArrayList<>();
                for (LeafReaderContext leaf : leaves) {
                    int size = leaf.reader().maxDoc();
                    for (int i = 0; i < partitions; i++) {
                        int end = size * (i + 1) / partitions;
                        slices.add(
                            new LeafSlice(
                                List.of(LeafReaderContextPartition.createFromAndTo(leaf, size * i / partitions, end))
                            )
                        );
                    }
                }
                return slices.toArray(LeafSlice[]::new);
            }
        };
    }

    public void testDocumentsWithoutAVectorAndUnknownFieldsAreNeutral() throws IOException {
        scores(new InterestQuery(MatchAllDocsQuery.INSTANCE, "missing", personal(2), new RelevanceBlend(1f))).values()
            .forEach(score -> assertEquals(0.5f, score, 0f));
        Map<String, Float> scores = scores(
            new InterestQuery(MatchAllDocsQuery.INSTANCE, "unit", personal(2), new RelevanceBlend(1f))
        );
        scores.forEach((id, score) -> {
            if (vectors.containsKey(id) == false) {
                assertEquals(0.5f, score, 0f);
            }
        });
    }

    public void testRefusesAnotherDimension() {
        InterestFunction function = SimilarityFunction.to(new float[]{ 1, 2, 3 });
        for (String field : FIELDS) {
            IllegalArgumentException e = expectThrows(
                IllegalArgumentException.class,
                () -> new IndexSearcher(reader)
                    .search(new InterestQuery(MatchAllDocsQuery.INSTANCE, field, function, new RelevanceBlend(1f)), 1)
            );
            assertEquals(
                "[interest] field [" + field
                    + "] holds vectors of [17] dimensions, but the interest has [3]: both must come from one model",
                e.getMessage()
            );
        }
    }

    public void testVectorsOfExtremeLength() throws IOException {
        try (Directory other = newDirectory(); RandomIndexWriter writer = new RandomIndexWriter(random(), other)) {
            writer.addDocument(withVector(new float[]{ 1e-30f, 0 }));
            writer.addDocument(withVector(new float[]{ 0, 0 }));
            try (IndexReader extreme = writer.getReader()) {
                Query mine = new InterestQuery(
                    MatchAllDocsQuery.INSTANCE, "raw", SimilarityFunction.to(new float[]{ 1, 0 }),
                    new RelevanceBlend(1f)
                );
                TopDocs hits = newSearcher(extreme).search(mine, 2);
                assertEquals(1f, hits.scoreDocs[0].score, 1e-6f);
                assertEquals(0.5f, hits.scoreDocs[1].score, 0f);
            }
        }
    }

    private static Document withVector(float[] vector) {
        Document document = new Document();
        document.add(new KnnFloatVectorField("raw", vector, VectorSimilarityFunction.EUCLIDEAN));
        return document;
    }

    public void testEquality() {
        InterestFunction function = SimilarityFunction.to(new float[]{ 1, 2 });
        InterestQuery query = new InterestQuery(MatchAllDocsQuery.INSTANCE, "f", function, new RelevanceBlend(0.5f));
        QueryUtils.checkEqual(
            query,
            new InterestQuery(
                MatchAllDocsQuery.INSTANCE, "f", SimilarityFunction.to(new float[]{ 1, 2 }), new RelevanceBlend(0.5f)
            )
        );
        QueryUtils.checkUnequal(
            query, new InterestQuery(MatchAllDocsQuery.INSTANCE, "g", function, new RelevanceBlend(0.5f))
        );
        QueryUtils.checkUnequal(
            query, new InterestQuery(MatchAllDocsQuery.INSTANCE, "f", function, new RelevanceBlend(0.6f))
        );
        QueryUtils.checkUnequal(
            query, new InterestQuery(new TermQuery(new Term("a", "b")), "f", function, new RelevanceBlend(0.5f))
        );
        QueryUtils.checkUnequal(
            query,
            new InterestQuery(
                MatchAllDocsQuery.INSTANCE, "f", SimilarityFunction.to(new float[]{ 2, 1 }), new RelevanceBlend(0.5f)
            )
        );
    }

    private Map<String, Float> scores(Query query) throws IOException {
        Map<String, Float> scores = new HashMap<>();
        for (ScoreDoc hit : searcher.search(query, reader.maxDoc()).scoreDocs) {
            scores.put(searcher.storedFields().document(hit.doc).get("id"), hit.score);
        }
        return scores;
    }

    private PersonalFunction personal(int topics) {
        List<ScoringDirection> probes = new ArrayList<>();
        for (int i = 0; i < topics; i++) {
            probes.add(new ScoringDirection(anyVector(), (float) random().nextGaussian(), 1f / topics));
        }
        return new PersonalFunction(new ScoringDirection(anyVector(), (float) random().nextGaussian()), probes, 0.8f);
    }

    private float[] anyVector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random().nextGaussian();
        }
        return vector;
    }
}
