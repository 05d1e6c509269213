package org.opensearch.interest.evaluate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The command line, from arguments to exit code. */
class MainTest {
    @TempDir
    Path temporary;

    private Path folder;
    private String out;
    private String err;

    @BeforeEach
    void data() throws IOException {
        folder = Files.createDirectory(temporary.resolve("data"));
        StringBuilder items = new StringBuilder("item,title\n");
        StringBuilder events = new StringBuilder("user,item,type,timestamp\n");
        String[] kinds = { "running shoes", "coffee mug", "rose seeds" };
        for (int i = 0; i < 12; i++) {
            items.append("i").append(i).append(",\"").append(kinds[i % 3]).append(", number ").append(i).append("\"\n");
        }
        for (int u = 0; u < 12; u++) {
            for (int n = 0; n < 4; n++) {
                events.append("u").append(u).append(",i").append((u + 3 * n) % 12);
                events.append(",click,2024-0").append(n + 1).append("-1").append(u % 9).append("\n");
            }
        }
        write("items.csv", items.toString());
        write("events.csv", events.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private int run(String... options) {
        List<String> words = new ArrayList<>(List.of(folder.toString(), "--cache", temporary.toString()));
        words.addAll(List.of(options));
        return runAlone(words.toArray(String[]::new));
    }

    private int runAlone(String... words) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code = Main.run(
            words, new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8)
        );
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private void assertRefused(String message, String... options) {
        assertEquals(2, run(options), err);
        assertTrue(err.contains(message), err);
    }

    @Test
    void everythingRunsAndTheSameSeedGivesTheSameReport() throws IOException {
        Path json = temporary.resolve("a.json");
        Path html = temporary.resolve("a.html");
        assertEquals(0, run("--defaults", "--sweep", "--json", json.toString(), "--html", html.toString()), err);
        String first = Files.readString(json);
        List<String> parts = List.of(
            "\"protocol\": {", "\"users\": 12", "\"items\": 12", "\"interest\": {", "\"hit_rate@10\": {\"value\": ",
            "\"ci\": ["
        );
        for (String part : parts) {
            assertTrue(first.contains(part), part + " in " + first);
        }
        String page = Files.readString(html);
        assertTrue(
            page.contains("<svg") && page.contains("<polyline")
                && page.contains("less that of each other method, case by case")
        );
        assertFalse(page.contains("http") || page.contains("src=") || page.contains("NaN"), "loads nothing");
        assertEquals(page.split("<svg").length, page.split("</svg>").length);
        assertTrue(out.contains("ndcg@10 [95 %]"), out);
        assertEquals(0, run("--defaults", "--sweep", "--json", json.toString()));
        assertEquals(first, Files.readString(json));
    }

    @Test
    void splitsAndCandidates() throws IOException {
        assertEquals(
            0, run("--split", "2024-04-01", "--new-only", "--k", "3", "--methods", "random,item_knn_30d,interest"), err
        );
        assertTrue(out.contains("split: 2024-04-01T00:00:00Z") && out.contains("hit_rate@3"), out);
        assertEquals(0, run("--candidates", "3", "--methods", "random,centred"), err);
        assertTrue(out.contains("3 sampled others"), out);
        StringBuilder candidates = new StringBuilder("user,item\n");
        for (int u = 0; u < 11; u++) {
            for (int i = 0; i < 12; i++) {
                candidates.append("u").append(u).append(",i").append(i).append("\n");
            }
        }
        write("candidates.csv", candidates + "u1,nothing\nnobody,i1\n");
        assertEquals(0, run("--defaults"), err);
        assertTrue(
            out.contains("candidates: given") && out.contains("[1] users were left out")
                && out.contains("[2] rows of candidates.csv"),
            out
        );
    }

    @Test
    void wrongWords() {
        assertEquals(2, runAlone());
        assertTrue(err.contains("the FOLDER with the data is missing"), err);
        assertRefused("unknown option [--fast]", "--fast");
        assertRefused("[--k] must be a whole number in [1,1000], but was [0]", "--k", "0");
        assertRefused("[--k] must be a whole number, but was [ten]", "--k", "ten");
        assertRefused("[--k] needs a value", "--k");
        assertRefused("[--repeats] and [--new-only] exclude each other", "--repeats", "--new-only");
        assertRefused(
            "[--protocol] must be one of [leave-one-out, split, rolling], but was [half]", "--protocol", "half"
        );
        assertRefused("[--split] goes with [--protocol split]", "--protocol", "leave-one-out", "--split", "2024-04-01");
        assertRefused("[--split] must be ISO 8601 or milliseconds since 1970, but was [spring]", "--split", "spring");
        assertRefused(
            "unknown method [magic]: there are [bag_of_words, blend, bm25_profile, centred,", "--methods", "magic"
        );
        assertRefused("[--methods] must name methods, separated by commas", "--methods", ",");
        assertRefused("[--users] must be a whole number in [2,2147483647], but was [1]", "--users", "1");
        assertRefused("[--candidates] must be a whole number in [1,1000000], but was [0]", "--candidates", "0");
        assertRefused("leaves [0] users", "--split", "2030-01-01");
        assertEquals(0, runAlone("--help"));
        assertTrue(out.startsWith("usage: bin/evaluate FOLDER"), out);
    }

    @Test
    void wrongFiles() throws IOException {
        write("events.csv", "user,item,type,timestamp\nu1,i1,click,2024-01-01\nu2,i1,click,yesterday\n");
        assertRefused(
            "events.csv] line [3] has a [timestamp] that must be ISO 8601 or milliseconds since 1970, but was [yesterday]"
        );
        write("events.csv", "user,item,type,timestamp\nu1,i1,rating,2024-01-01\n");
        assertRefused("line [2] is a rating whose [value] must be a number, but was []");
        write("events.csv", "user,item,type,timestamp\nu1,,click,2024-01-01\n");
        assertRefused("line [2] has neither an [item] nor a [text]");
        write("events.csv", "user,item,type,timestamp\n,i1,click,2024-01-01\n");
        assertRefused("line [2] has no [user]");
        write("events.csv", "user,item,type,timestamp\nu1,i1,click,2024-01-01,too,much\n");
        assertRefused("line [2] has [6] fields, but the first line names [4] columns");
        write("events.csv", "user,item,kind,timestamp\n");
        assertRefused("has no column [type]: its first line names [user, item, kind, timestamp]");
        write("events.csv", "");
        assertRefused("is empty: its first line must name the columns");
        write("events.csv", "user,item,type,timestamp\nu1,i1,click\n");
        assertRefused("events.csv] line [2] has no [timestamp]");
        write("events.csv", "\uFEFFuser,item,type,timestamp\r\nu1,i1,click,2024-01-01\r\nu2,\"i1,click,2024-01-01\r\n");
        assertRefused("events.csv] line [3] opens a quote that is never closed");
        write("events.csv", "user,user,item,type,timestamp\n");
        assertRefused("names the column [user] twice");
        Files.delete(folder.resolve("events.csv"));
        assertRefused("events.csv] is missing");
        assertEquals(2, runAlone(folder.resolve("nowhere").toString()));
        assertTrue(err.contains("is no folder"), err);
        assertRefused(
            "is no data set of the form [online-retail]: it must hold online-retail/online-retail-by-day.tar.gz",
            "--dataset", "online-retail"
        );
    }

    /** The error comes before anything is computed, because a user who waited for minutes needs the report. */
    @Test
    void whereNoReportCanBeWrittenNothingIsComputed() throws IOException {
        String inAFile = folder.resolve("items.csv").resolve("report.json").toString();
        for (String option : List.of("--json", "--html")) {
            assertRefused("the report cannot be written to [" + inAFile + "]", option, inAFile);
            assertRefused("the report cannot be written to [" + folder + "]", option, folder.toString());
            assertFalse(err.contains("reading"), err);
        }
        Path report = temporary.resolve("new/folder/report.json");
        assertRefused("unknown method", "--methods", "magic", "--json", report.toString());
        assertFalse(Files.exists(report));
        assertEquals(0, run("--methods", "random,popular", "--json", report.toString()), err);
        assertTrue(Files.readString(report).startsWith("{"));
    }

    @Test
    void itemsWithoutTextAreRankedByWhatUsersDid() throws IOException {
        StringBuilder items = new StringBuilder("item\n");
        for (int i = 0; i < 12; i++) {
            items.append("i").append(i).append("\n");
        }
        write("items.csv", items.toString());
        assertEquals(0, run("--defaults", "--sweep"), err);
        assertTrue(out.contains("[12] items have no text: content says nothing of them"), out);
        assertFalse(out.contains("NaN"), out);
    }

    @Test
    void searchesAloneAreNothingThatComesNext() throws IOException {
        write(
            "events.csv", "user,item,type,timestamp,text\nu1,,search,1,mug\nu2,,search,2,shoes\nu2,,search,3,seeds\n"
        );
        assertRefused("leaves [0] users to ask about, at least 2 are needed: users need two items each");
    }

    @Test
    void tooLittle() throws IOException {
        write("events.csv", "user,item,type,timestamp\n");
        assertRefused("there is no event of any known item");
        write("events.csv", "user,item,type,timestamp\nu1,i1,click,1\nu1,i2,click,2\n");
        assertRefused("there is only [1] user");
        write("items.csv", "item,title\ni1,only one\n");
        write("events.csv", "user,item,type,timestamp\nu1,i1,click,1\nu2,i1,click,2\n");
        assertRefused("there is only [1] item");
    }

    @Test
    void whatIsOddIsSaid() throws IOException {
        String events = Files.readString(folder.resolve("events.csv")).replaceAll("2024-[0-9-]*", "2024-01-01");
        write("events.csv", events + "u1,unheard,click,2024-01-01\nu1,i1,stare,2024-01-01\n");
        write("items.csv", Files.readString(folder.resolve("items.csv")) + "i1,again\ni99,\n");
        assertEquals(0, run("--methods", "random,decayed"), err);
        assertTrue(out.contains("all events carry the same time: this data cannot show decay"), out);
        assertTrue(out.contains("[1] events of items that items.csv does not hold were skipped"), out);
        assertTrue(out.contains("event types without a signal count with weight 1: [stare]"), out);
        assertTrue(out.contains("[1] rows of items.csv name an item again"), out);
        assertTrue(out.contains("[1] items have no text"), out);
    }

    @Test
    void searchesAndRatingsAreEvidence() throws IOException {
        StringBuilder events = new StringBuilder("user,item,type,timestamp,value,text\n");
        for (int u = 0; u < 8; u++) {
            events.append("u").append(u).append(",,search,2024-01-01,,coffee mug\n");
            events.append("u")
                .append(u)
                .append(",i")
                .append(u)
                .append(",rating,2024-01-02 10:00:00,")
                .append(u + 1)
                .append(",\n");
            events.append("u").append(u).append(",i").append(u + 1).append(",rating,2024-01-03T10:00:00Z,10,\n");
        }
        write("events.csv", events.toString());
        assertEquals(0, run("--methods", "random,interest_content,geometry"), err);
        assertTrue(out.contains("ratings are taken to be on a scale from 1 to 10"), out);
        assertFalse(out.contains("NaN"), out);
    }
}
