package org.opensearch.interest.evaluate;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.lucene.Candidates;
import org.opensearch.interest.engine.lucene.VectorField;
import org.opensearch.interest.engine.onnx.BundledModel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Recall of a nearest-neighbour search in the vector index: how many of the hundred items nearest to an interest, under
 * the catalogue's geometry, it finds. Real titles, embedded by the bundled model, in one segment of Lucene's own
 * format.
 */
class CandidatesRecallTest {
    private static final Path DATA = Path.of(System.getProperty("interest.shared.data", "../shared/data"));
    private static final int WANTED = 100;

    private final Random random = new Random(17);

    @Test
    void theDemosCatalogue() throws IOException {
        List<String> titles = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/demo/catalogue.ndjson"))) {
            Matcher title = Pattern.compile("\"title\"\\s*:\\s*\"([^\"]*)\"")
                .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (title.find()) {
                titles.add(title.group(1));
            }
        }
        assertTrue(titles.size() > 500, titles.size() + " titles");
        assertRecall(titles);
    }

    @Test
    void aRetailersCatalogue() throws IOException {
        Path file = DATA.resolve(OnlineRetail.FILE);
        Assumptions.assumeTrue(Files.exists(file), "[" + file.toAbsolutePath() + "] is not there: skipped");
        assertRecall(OnlineRetail.read(DATA).data().texts());
    }

    private void assertRecall(List<String> titles) throws IOException {
        ItemTexts texts = new ItemTexts(
            BundledModel.pluginFolder(), Path.of("target/recall"), 2, new ProgressLine(System.out, false)
        );
        List<float[]> items = texts.vectors(titles, TextType.PASSAGE).stream().filter(Objects::nonNull).toList();
        Geometry geometry = Geometry.of(Moments.of(items, List.of(texts.prior().textMean())));
        try (Directory directory = new ByteBuffersDirectory()) {
            index(items, directory);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                double sum = 0;
                double worst = 1;
                int probes = 0;
                for (int user = 0; user < 20; user++) {
                    for (float[] direction : person(items, geometry).probed()) {
                        double recall = recall(reader, items, direction);
                        sum += recall;
                        worst = Math.min(worst, recall);
                        probes++;
                    }
                }
                String seen = items.size() + " items: recall@100 " + sum / probes + " on average of " + probes
                    + " probes, " + worst + " at worst";
                System.out.println(seen);
                assertTrue(sum / probes >= 0.95 && worst >= 0.85, seen);
            }
        }
    }

    private static void index(List<float[]> items, Directory directory) throws IOException {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (int i = 0; i < items.size(); i++) {
                Document document = new Document();
                document.add(new NumericDocValuesField("n", i));
                document.add(new KnnFloatVectorField("embedding", items.get(i), VectorSimilarityFunction.DOT_PRODUCT));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    /**
     * Returns a dynamic interest over all of a user's topics, and the topics: each consists of some items that resemble
     * one of them.
     */
    private PersonalFunction person(List<float[]> items, Geometry geometry) {
        List<ScoringDirection> topics = new ArrayList<>();
        float[] all = new float[geometry.dimension()];
        for (int t = 0; t < 4; t++) {
            float[] seed = items.get(random.nextInt(items.size()));
            float[] sum = new float[geometry.dimension()];
            List<Integer> alike = nearest(items, seed, 5);
            for (int item : alike) {
                sum = Vectors.plusScaled(sum, 1, Vectors.plusScaled(items.get(item), -1, geometry.itemMean()));
            }
            all = Vectors.plusScaled(all, 1, sum);
            topics.add(probe(geometry, geometry.direction(sum)));
        }
        return new PersonalFunction(probe(geometry, geometry.direction(all)), topics, 0.8f);
    }

    private static ScoringDirection probe(Geometry geometry, float[] direction) {
        return new ScoringDirection(direction, (float) geometry.bias(direction));
    }

    private static double recall(DirectoryReader reader, List<float[]> items, float[] direction) throws IOException {
        Set<Integer> exact = new HashSet<>(nearest(items, direction, WANTED));
        IndexSearcher searcher = new IndexSearcher(reader);
        NumericDocValues numbers = MultiDocValues.getNumericValues(reader, "n");
        int found = 0;
        ScoreDoc[] hits = searcher.search(
            Candidates.nearest(List.of(VectorField.of("embedding")), SimilarityFunction.to(direction), WANTED, null),
            WANTED
        ).scoreDocs;
        for (ScoreDoc hit : List.of(hits).stream().sorted(Comparator.comparingInt(hit -> hit.doc)).toList()) {
            numbers.advance(hit.doc);
            found += exact.contains((int) numbers.longValue()) ? 1 : 0;
        }
        return found / (double) WANTED;
    }

    private static List<Integer> nearest(List<float[]> items, float[] direction, int k) {
        double[] dots = items.stream().mapToDouble(item -> Vectors.dot(direction, item)).toArray();
        return IntStream.range(0, items.size())
            .boxed()
            .sorted((a, b) -> Double.compare(dots[b], dots[a]))
            .limit(k)
            .collect(Collectors.toList());
    }
}
