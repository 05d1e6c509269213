package org.opensearch.interest.search.query;

import org.opensearch.action.bulk.BulkRequestBuilder;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest;
import org.opensearch.common.settings.Settings;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.transport.client.Client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertFalse;

/** A small index of random items and their expected scores, computed without Lucene. */
public final class Catalogue {
    public static final int DIMENSION = 8;
    public static final int SIZE = 120;
    /** One field for each similarity, all with the same vectors. */
    static final List<String> FIELDS = List.of("embedding", "embedding_dot", "embedding_l2");
    private static final String[] WORDS = { "running", "shoe", "mug", "coffee", "bread" };

    private final Random random;
    public final Map<String, float[]> vectors = new HashMap<>();

    Catalogue(long seed) {
        random = new Random(seed);
    }

    void index(Client client, String index, int shards) {
        Settings settings = Settings.builder()
            .put("index.number_of_shards", shards)
            .put("index.number_of_replicas", 0)
            .build();
        client.admin().indices().prepareCreate(index).setSettings(settings).setMapping("""
            {"properties":{
              "title":{"type":"text"}, "kind":{"type":"keyword"},
              "embedding":{"type":"interest_vector","dimension":8},
              "embedding_dot":{"type":"interest_vector","dimension":8,"similarity":"dot_product"},
              "embedding_l2":{"type":"interest_vector","dimension":8,"similarity":"l2"}}}""").get();
        BulkRequestBuilder bulk = client.prepareBulk().setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE);
        for (int i = 0; i < SIZE; i++) {
            Map<String, Object> item = new HashMap<>();
            item.put("title", WORDS[i % WORDS.length] + " " + WORDS[random.nextInt(WORDS.length)]);
            item.put("kind", WORDS[i % WORDS.length]);
            if (i % 7 != 0) {
                float[] vector = vector();
                vectors.put(Integer.toString(i), vector);
                FIELDS.forEach(field -> item.put(field, vector));
            }
            bulk.add(new IndexRequest(index).id(Integer.toString(i)).source(item));
        }
        assertFalse(bulk.get().hasFailures());
    }

    public float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    public PersonalFunction person(int topics) {
        List<ScoringDirection> probes = new ArrayList<>();
        for (int i = 0; i < topics; i++) {
            probes.add(new ScoringDirection(vector(), (float) random.nextGaussian() / 4, 1f / topics));
        }
        return new PersonalFunction(new ScoringDirection(vector(), (float) random.nextGaussian() / 4), probes, 0.8f);
    }

    /** Boosts of every third item, and of some items that do not exist. */
    ItemBoosts boosts(float content) {
        Map<String, ItemBoost> items = new HashMap<>();
        for (int i = 0; i < SIZE + 30; i += 3) {
            String by = random.nextBoolean() ? "0" : null;
            items.put(
                Integer.toString(i),
                new ItemBoost(by == null ? 0 : 3 * random.nextFloat(), 2 * random.nextFloat(), random.nextInt(2), by)
            );
        }
        return ItemBoosts.of(content, items);
    }

    public float interest(InterestFunction function, String id) {
        float[] vector = vectors.get(id);
        float boosts = function.boosts().of(id).sum();
        if (vector == null) {
            return function.score(null, boosts);
        }
        float[] dots = new float[function.directions().size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (float) (Vectors.dot(function.directions().get(i), vector) / Vectors.norm(vector));
        }
        return function.score(dots, boosts);
    }
}
