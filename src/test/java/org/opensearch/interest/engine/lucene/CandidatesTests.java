package org.opensearch.interest.engine.lucene;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterDirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.tests.util.TestUtil;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Candidates from the vector index compared with the exact nearest vectors. */
public class CandidatesTests extends LuceneTestCase {
    private static final int DIMENSION = 12;
    private static final int SIZE = 3_000;

    private final List<float[]> vectors = new ArrayList<>();
    private Directory directory;
    private DirectoryReader reader;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        directory = newDirectory();
        try (RandomIndexWriter writer = new RandomIndexWriter(
            random(), directory, newIndexWriterConfig().setCodec(TestUtil.getDefaultCodec())
        )) {
            for (int i = 0; i < SIZE; i++) {
                Document document = new Document();
                vectors.add(vector());
                document.add(new StringField("n", Integer.toString(i), Field.Store.YES));
                document.add(new StringField("fifth", Boolean.toString(i % 5 == 0), Field.Store.NO));
                document.add(new KnnFloatVectorField("unit", vectors.get(i), VectorSimilarityFunction.DOT_PRODUCT));
                writer.addDocument(document);
            }
            writer.forceMerge(random().nextBoolean() ? 1 : 3);
            reader = writer.getReader();
        }
    }

    @Override
    public void tearDown() throws Exception {
        reader.close();
        directory.close();
        super.tearDown();
    }

    private static float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random().nextGaussian();
        }
        return Vectors.unit(vector);
    }

    private Set<Integer> nearest(float[] direction, int k, int step) {
        return IntStream.range(0, SIZE)
            .filter(i -> i % step == 0)
            .boxed()
            .sorted(
                (a, b) -> Double.compare(Vectors.dot(direction, vectors.get(b)), Vectors.dot(direction, vectors.get(a)))
            )
            .limit(k)
            .collect(Collectors.toSet());
    }

    private static Set<Integer> found(IndexReader reader, Query query) throws IOException {
        Set<Integer> found = new HashSet<>();
        IndexSearcher searcher = newSearcher(reader, false, false);
        for (ScoreDoc hit : searcher.search(query, SIZE).scoreDocs) {
            found.add(Integer.parseInt(searcher.storedFields().document(hit.doc).get("n")));
        }
        return found;
    }

    private static double recall(Set<Integer> expected, Set<Integer> found) {
        return expected.stream().filter(found::contains).count() / (double) expected.size();
    }

    public void testEachInterestBringsItsOwnHoweverStrongTheOthersAre() throws IOException {
        List<ScoringDirection> topics = new ArrayList<>();
        for (float voice : new float[]{ 1f, 0.3f, 0.06f }) {
            topics.add(new ScoringDirection(Vectors.scaled(vector(), 5 * voice), 0.1f));
        }
        PersonalFunction person = new PersonalFunction(
            new ScoringDirection(Vectors.scaled(vector(), 9), 0f), topics, 0.9f
        );
        List<VectorField> fields = List.of(VectorField.of("unit"));
        for (int k : new int[]{ 1, 10, 100 }) {
            Set<Integer> found = found(reader, Candidates.nearest(fields, person, k, null));
            assertTrue("k is a bound of each topic's probe: " + found.size(), found.size() <= 6 * k);
            assertTrue(
                "what has most say brings more", recall(nearest(person.probed().get(0), 3 * k, 1), found) >= 0.9
            );
            for (float[] direction : person.probed()) {
                assertTrue(recall(nearest(direction, k, 1), found) >= 0.95);
            }
            Set<Integer> fifth = found(
                reader, Candidates.nearest(fields, person, k, new TermQuery(new Term("fifth", "true")))
            );
            assertTrue(fifth.stream().allMatch(i -> i % 5 == 0));
            for (float[] direction : person.probed()) {
                assertTrue(recall(nearest(direction, k, 5), fifth) >= 0.95);
            }
        }
    }

    public void testAnIndexWhoseNativeCodeIsMissingIsReadByLuceneItself() throws IOException {
        float[] direction = vector();
        try (DirectoryReader broken = new WithoutNativeCode(DirectoryReader.open(directory))) {
            Query probe = Candidates
                .nearest(List.of(VectorField.of("unit")), new SimilarityFunction(direction), 20, null);
            assertEquals(nearest(direction, 20, 1), found(broken, probe));
        }
    }

    public void testVectorsOfBytesAreScoredButNotProbed() throws IOException {
        Map<String, byte[]> bytes = new HashMap<>();
        try (Directory other = newDirectory(); RandomIndexWriter writer = new RandomIndexWriter(random(), other)) {
            for (int i = 0; i < 50; i++) {
                Document document = new Document();
                document.add(new StringField("n", Integer.toString(i), Field.Store.YES));
                if (i % 3 > 0) {
                    byte[] vector = new byte[DIMENSION];
                    random().nextBytes(vector);
                    vector[0] = 1;
                    bytes.put(Integer.toString(i), vector);
                    document.add(new KnnByteVectorField("bytes", vector, VectorSimilarityFunction.EUCLIDEAN));
                }
                writer.addDocument(document);
            }
            try (IndexReader few = writer.getReader()) {
                assertFalse(Candidates.canBeProbed(few, "bytes"));
                float[] direction = vector();
                IndexSearcher searcher = newSearcher(few);
                Query query = new InterestQuery(
                    MatchAllDocsQuery.INSTANCE, "bytes", new SimilarityFunction(direction), new RelevanceBlend(1f)
                );
                for (ScoreDoc hit : searcher.search(query, 50).scoreDocs) {
                    byte[] vector = bytes.get(searcher.storedFields().document(hit.doc).get("n"));
                    assertEquals(
                        vector == null ? InterestFunction.NEUTRAL : similarity(direction, vector), hit.score, 1e-5f
                    );
                }
            }
        }
    }

    private static float similarity(float[] direction, byte[] vector) {
        float[] floats = new float[vector.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = vector[i];
        }
        return (float) (1 + Vectors.cosine(direction, floats)) / 2;
    }

    /** A reader whose vectors are searched as in an index whose native library cannot be loaded. */
    private static final class WithoutNativeCode extends FilterDirectoryReader {
        WithoutNativeCode(DirectoryReader in) throws IOException {
            super(in, new SubReaderWrapper() {
                @Override
                public LeafReader wrap(LeafReader leaf) {
                    return new FilterLeafReader(leaf) {
                        @Override
                        public void searchNearestVectors(
                            String field, float[] target, KnnCollector collector, AcceptDocs accepted
                        ) {
                            throw new UnsatisfiedLinkError("no such library");
                        }

                        @Override
                        public CacheHelper getCoreCacheHelper() {
                            return null;
                        }

                        @Override
                        public CacheHelper getReaderCacheHelper() {
                            return null;
                        }
                    };
                }
            });
        }

        @Override
        protected DirectoryReader doWrapDirectoryReader(DirectoryReader in) throws IOException {
            return new WithoutNativeCode(in);
        }

        @Override
        public CacheHelper getReaderCacheHelper() {
            return null;
        }
    }
}
