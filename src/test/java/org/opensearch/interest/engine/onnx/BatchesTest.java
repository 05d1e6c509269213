package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BatchesTest {
    @Test
    void everyTextIsInOneRunAndNoRunIsTooLarge() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            Batches batches = new Batches(1 + random.nextInt(10), 1 + random.nextInt(500));
            List<Integer> lengths = IntStream.range(0, 1 + random.nextInt(40))
                .mapToObj(i -> 1 + random.nextInt(200))
                .toList();
            List<Integer> places = new ArrayList<>();
            for (List<Integer> run : batches.of(lengths)) {
                int longest = run.stream().mapToInt(lengths::get).max().orElseThrow();
                int shortest = run.stream().mapToInt(lengths::get).min().orElseThrow();
                assertTrue(
                    run.size() == 1 || (run.size() <= batches.texts() && run.size() * longest <= batches.tokens())
                );
                assertTrue(longest <= 1.5 * shortest, "padding");
                places.addAll(run);
            }
            Collections.sort(places);
            assertEquals(IntStream.range(0, lengths.size()).boxed().toList(), places);
        }
    }
}
