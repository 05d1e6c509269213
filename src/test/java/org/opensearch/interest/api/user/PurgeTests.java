package org.opensearch.interest.api.user;

import org.opensearch.action.admin.indices.forcemerge.ForceMergeRequest;
import org.opensearch.action.admin.indices.settings.put.UpdateSettingsRequest;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.index.IndexService;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.indices.IndicesService;
import org.opensearch.rest.RestRequest.Method;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tests of a user's data on disk, read byte by byte. The files never hold the user's name, and hold the user's texts
 * only until the user is deleted.
 */
public class PurgeTests extends ShopTestCase {
    private static final String OURS = ".plugins-interest-*-shop*";
    private static final String USER = "jane.doe-8231@example.org";
    private static final String VISITOR = "visitor-with-cookie-5077";
    private static final String DECLARED = "zymurgy for beginners";
    private static final String SEARCHED = "xylophone mallets";
    /** Words of a topic's label. */
    private static final List<String> WORDS = List.of("xylophone", "mallets");

    public void testNoFileHoldsTheNameAndAfterThePurgeNoneHoldsTheWords() throws Exception {
        person(USER);
        person(VISITOR);
        assertEquals(List.of(), found(USER));
        assertEquals(List.of(), found(VISITOR));
        assertFalse("the words are there, or else this test would prove nothing", found(DECLARED).isEmpty());
        WORDS.forEach(word -> assertFalse(found(word).isEmpty()));

        flush();
        assertEquals("applied", click(USER, "shoes"));
        assertEquals(200, merge(VISITOR, USER).status());
        assertEquals(200, send(Method.DELETE, USERS + USER, null).status());
        assertFalse("deleting alone leaves them in what was written before", found(DECLARED).isEmpty());
        purge();

        assertEquals(List.of(), found(USER));
        assertEquals(List.of(), found(VISITOR));
        assertEquals(404, get(USER).status());
        assertEquals(
            "the tombstone is still there", "ignored",
            event(USER, "\"type\":\"click\",\"item\":\"mug\",\"timestamp\":\"2026-01-02T00:00:00Z\"")
        );
    }

    private void person(String user) throws Exception {
        put(user, "{\"interests\":[\"" + DECLARED + "\"]}");
        assertEquals(
            "applied", event(user, "\"type\":\"search\",\"text\":\"" + SEARCHED + "\",\"id\":\"of " + user + "\"")
        );
        long longAgo = System.currentTimeMillis() - 100L * 86_400_000L;
        assertEquals(
            "applied", event(user, "\"type\":\"search\",\"text\":\"" + SEARCHED + "\",\"timestamp\":" + longAgo)
        );
        assertEquals("applied", event(user, "\"type\":\"impression\",\"items\":[\"" + DECLARED + "\"]"));
        assertEquals("applied", click(user, "mug"));
    }

    private void flush() {
        client().admin()
            .indices()
            .prepareFlush(OURS)
            .setIndicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN_HIDDEN)
            .setForce(true)
            .setWaitIfOngoing(true)
            .get();
    }

    /**
     * Purges the indices in the way that the documentation describes for operators. Renews the leases explicitly,
     * because OpenSearch would do so only every 30 s.
     */
    private void purge() throws Exception {
        // 0 is the default, but the test framework sets a random value
        Settings none = Settings.builder()
            .put(IndexSettings.INDEX_SOFT_DELETES_RETENTION_OPERATIONS_SETTING.getKey(), 0)
            .build();
        client().admin()
            .indices()
            .updateSettings(
                new UpdateSettingsRequest(OURS).indicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN_HIDDEN).settings(none)
            )
            .actionGet();
        flush();
        int histories = 0;
        for (IndexService index : getInstanceFromNode(IndicesService.class)) {
            histories += index.index().getName().startsWith(".plugins-interest-history-shop-") ? 1 : 0;
            for (IndexShard shard : index) {
                shard.syncRetentionLeases();
            }
        }
        assertTrue("a month long gone, and this one", histories >= 2);
        ForceMergeRequest merge = new ForceMergeRequest(OURS).indicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN_HIDDEN)
            .maxNumSegments(1)
            .onlyExpungeDeletes(false)
            .flush(true);
        client().admin().indices().forceMerge(merge).actionGet();
        // files of merged segments are deleted when no reader has them open any longer
        assertBusy(() -> {
            flush();
            assertEquals(List.of(), found(DECLARED));
            WORDS.forEach(word -> assertEquals(List.of(), found(word)));
        }, 60, TimeUnit.SECONDS);
    }

    /**
     * Returns the files below the node's data paths that contain the text in UTF-8, or in UTF-16 of either byte order.
     */
    private List<String> found(String text) {
        List<byte[]> forms = new ArrayList<>();
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            forms.add(text.getBytes(charset));
        }
        TreeSet<String> files = new TreeSet<>();
        for (Path root : getInstanceFromNode(NodeEnvironment.class).nodeDataPaths()) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    String bytes = new String(bytes(file), StandardCharsets.ISO_8859_1);
                    if (forms.stream()
                        .anyMatch(form -> bytes.contains(new String(form, StandardCharsets.ISO_8859_1)))) {
                        files.add(root.relativize(file).toString());
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return List.copyOf(files);
    }

    /**
     * Returns the bytes of a file, or none if it no longer exists: the node continues to work while the test reads its
     * files.
     */
    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
