package org.opensearch.interest.evaluate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.interest.core.evaluation.data.Dataset;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every format of data sets, on samples small enough to read. */
class DatasetFormatTest {
    private static final Map<String, Double> SIGNALS = Map
        .of("click", 1.0, "purchase", 4.0, "search", 1.0, "dislike", -2.0);

    @TempDir
    Path temporary;

    private static Path sample(String name) throws URISyntaxException {
        return Path.of(DatasetFormatTest.class.getResource("/datasets/" + name).toURI());
    }

    private static LoadedDataset read(String name, DatasetFormat expected) throws Exception {
        DatasetFormat layout = DatasetFormat.of(sample(name), null);
        assertEquals(expected, layout);
        return layout.read(sample(name), SIGNALS);
    }

    /** Returns "item@time" of every event, in order. */
    private static List<String> events(Dataset data) {
        List<String> events = new ArrayList<>();
        for (int e = 0; e < data.events(); e++) {
            events
                .add((data.item(e) < 0 ? "-" : data.itemName(data.item(e))) + "@" + Instant.ofEpochMilli(data.time(e)));
        }
        return events;
    }

    @Test
    void movieLensByCommas() throws Exception {
        LoadedDataset source = read("movielens-commas", DatasetFormat.MOVIE_LENS);
        assertEquals(
            List.of("Harbour, The (1951). Crime, Drama", "Two Kites (1988). Comedy", "Untold (2001)"),
            source.data().texts()
        );
        assertEquals(
            List.of("1@2001-09-09T01:46:40Z", "2@2001-09-09T01:47:40Z", "1@2001-09-10T01:46:40Z"), events(source.data())
        );
        assertTrue(
            source.notes().toString().contains("[1] ratings of films that the list of films does not hold"),
            source.notes().toString()
        );
        assertNull(source.candidates());
    }

    @ParameterizedTest
    @ValueSource(strings = { "movielens-colons", "movielens-tabs" })
    void movieLensOfOldKnowsItsLetters(String old) throws Exception {
        LoadedDataset source = read(old, DatasetFormat.MOVIE_LENS);
        assertEquals(List.of("Café du Port (1951). Crime, Drama", "Two Kites (1988). Comedy"), source.data().texts());
        assertEquals(2, source.data().users());
        assertEquals(3, source.data().events());
    }

    @Test
    void mindRanksWhatWasShownLast() throws Exception {
        LoadedDataset source = read("mind", DatasetFormat.MIND);
        Dataset data = source.data();
        assertEquals("Regatta ends in calm. sports, sailing. No wind for two days.", data.texts().get(0));
        assertEquals("A loaf in four hours. food, bread", data.texts().get(1));
        assertEquals(
            List.of(
                "N4@2019-11-14T00:00:00Z", "N2@2019-11-14T06:59:57Z", "N3@2019-11-14T06:59:59Z",
                "N1@2019-11-15T08:55:21Z", "N2@2019-11-15T08:55:22Z", "N3@2019-11-15T13:05:00Z",
                "N4@2019-11-15T13:05:00Z"
            ), events(data)
        );
        int first = 0;
        while (data.userName(first).equals("U1") == false) {
            first++;
        }
        assertArrayEquals(
            new int[]{ 0, 3 }, source.candidates().get(first), "N3 was clicked as well and is no wrong answer"
        );
        assertEquals(2, source.candidates().size(), "who clicked nothing is not asked about");
        assertTrue(
            source.notes().toString().contains("[1] impressions do not say what was clicked"), source.notes().toString()
        );
    }

    @Test
    void ubiByLines() throws Exception {
        LoadedDataset source = read("ubi-lines", DatasetFormat.UBI);
        Dataset data = source.data();
        assertEquals(List.of("Hose, 20 m", "Plastic gnome"), data.texts());
        assertEquals(List.of("garden hose"), data.searches());
        assertEquals(
            List.of(
                "-@2024-05-01T10:00:00Z", "p1@2024-05-01T10:00:05Z", "p1@2024-05-01T10:05:00Z",
                "p3@2024-05-02T09:00:00Z"
            ), events(data)
        );
        assertTrue(source.notes().toString().contains("[1] impressions"), source.notes().toString());
        assertTrue(
            source.notes().toString().contains("[1] events without a client, or about no known object"),
            source.notes().toString()
        );
    }

    @Test
    void ubiByCommasWithItemsOfItsOwn() throws Exception {
        LoadedDataset source = read("ubi-commas", DatasetFormat.UBI);
        assertEquals(List.of("Hose, 20 m", "Watering can"), source.data().texts());
        assertEquals(List.of("p1@2024-05-01T10:00:05Z", "p2@2024-05-01T10:00:06Z"), events(source.data()));
    }

    private void assertRefused(String message, Path folder) {
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> DatasetFormat.of(folder, null).read(folder, SIGNALS)
        );
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("mind"));
        assertRefused(
            "items.csv] is missing: the folder must hold items.csv and events.csv; or ratings.csv and movies.csv",
            folder
        );
        Files.writeString(folder.resolve("movies.dat"), "1::A::B\n");
        Files.writeString(folder.resolve("ratings.dat"), "1::1::5::100\n1::1::five::100\n");
        assertRefused("ratings.dat] line [2] has a [rating] that must be a number, but was [five]", folder);
        Files.writeString(folder.resolve("ratings.dat"), "1::1::5\n");
        assertRefused("ratings.dat] line [1] has [3] fields, but needs [4]", folder);
        Files.writeString(folder.resolve("news.tsv"), "N1\ta\tb\tc\n");
        Files.writeString(folder.resolve("behaviors.tsv"), "1\tU1\tyesterday\t\tN1-1\n");
        assertRefused("holds several data sets: [--dataset] must name one of [movielens, mind]", folder);
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> DatasetFormat.of(folder, "mind").read(folder, SIGNALS)
        );
        assertTrue(
            e.getMessage()
                .contains(
                    "behaviors.tsv] line [1] has a time that must be like [11/15/2019 8:55:22 AM], but was [yesterday]"
                ),
            e.getMessage()
        );
        Path ubi = Files.createDirectory(temporary.resolve("ubi"));
        Files.writeString(ubi.resolve("ubi_events.ndjson"), "{\"client_id\":\"a\"\n");
        assertRefused("ubi_events.ndjson] line [1] is no JSON object", ubi);
    }
}
