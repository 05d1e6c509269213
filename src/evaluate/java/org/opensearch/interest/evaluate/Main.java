package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.ParameterGrid;
import org.opensearch.interest.core.evaluation.report.EvaluationSpec;
import org.opensearch.interest.core.evaluation.report.Evaluator;
import org.opensearch.interest.core.evaluation.report.HtmlReport;
import org.opensearch.interest.core.evaluation.report.JsonReport;
import org.opensearch.interest.core.evaluation.report.Report;
import org.opensearch.interest.core.evaluation.report.ReportFormats;
import org.opensearch.interest.core.evaluation.report.TextReport;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Entry point of {@code bin/evaluate}: reads a folder of items and events, and writes a report. */
public final class Main {
    private static final int WRONG_INPUT = 2;

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(words, System.out, System.err));
    }

    /** @return the exit code */
    static int run(String[] words, PrintStream out, PrintStream err) {
        if (List.of(words).contains("--help")) {
            out.print(Arguments.USAGE);
            return 0;
        }
        try {
            evaluate(
                Arguments.parse(words), out, new ProgressLine(err, Boolean.getBoolean("interest.evaluate.terminal"))
            );
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("bin/evaluate: " + e.getMessage());
            err.println("(bin/evaluate --help lists all options)");
            return WRONG_INPUT;
        } catch (IOException | RuntimeException e) {
            err.println("bin/evaluate failed: " + e);
            return 1;
        } catch (OutOfMemoryError e) {
            err.println(
                "bin/evaluate failed: the heap of [" + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB] is too small for this data"
            );
            err.println("(more of it: EVALUATE_HEAP=4g bin/evaluate …)");
            return 1;
        }
    }

    private static void evaluate(Arguments arguments, PrintStream out, ProgressLine progress) throws IOException {
        // fails before anything is computed if the report could not be stored
        for (Path file : Stream.of(arguments.json(), arguments.html()).filter(Objects::nonNull).toList()) {
            requireWritable(file);
        }
        Tracker defaultSettings = TrackerJson
            .read("evaluation", "evaluation", Map.of("items", Map.of("index", "items")));
        LoadedDataset source = read(arguments, defaultSettings, progress);
        Dataset data = source.data();
        List<String> notes = new ArrayList<>(source.notes());
        requireEnough(data);
        EvaluationSpec spec = arguments.spec(source.candidates());
        EvaluationCases evaluationCases = evaluationCases(spec, data, notes);
        ItemTexts texts = new ItemTexts(
            Path.of(System.getProperty("interest.plugin.folder", "target/plugin")), arguments.cache(),
            arguments.threads(), progress
        );
        List<float[]> items = texts.vectors(data.texts(), TextType.PASSAGE);
        long blank = items.stream().filter(vector -> vector == null).count();
        if (blank > 0) {
            notes.add("[" + blank + "] items have no text: content says nothing of them");
        }
        ItemVectorSpace space = new ItemVectorSpace(
            items, texts.vectors(data.searches(), TextType.QUERY), evaluationCases.catalogue(), texts.prior()
        );
        EvaluationOptions options = new EvaluationOptions(
            arguments.methods(), arguments.k(), arguments.seed(), arguments.threads(),
            arguments.sweep() ? ParameterGrid.USUAL : null
        );
        Report found = new Evaluator(evaluationCases, space, defaultSettings, options).run(progress::step);
        Map<String, Object> protocol = spec.describe(evaluationCases);
        protocol.putAll(found.protocol());
        notes.addAll(found.notes());
        Report report = ReportFormats.complete(found, protocol, notes);
        new TextReport(report, arguments.k()).print(out);
        if (arguments.json() != null) {
            write(arguments.json(), JsonReport.of(report), progress);
        }
        if (arguments.html() != null) {
            write(arguments.html(), HtmlReport.of(report, arguments.k()), progress);
        }
    }

    private static LoadedDataset read(Arguments arguments, Tracker defaultSettings, ProgressLine progress)
        throws IOException {
        progress.say("reading " + arguments.folder() + " …");
        return DatasetFormat.of(arguments.folder(), arguments.dataset())
            .read(arguments.folder(), defaultSettings.signals());
    }

    private static void requireEnough(Dataset data) {
        if (data.events() == 0) {
            throw new IllegalArgumentException("there is no event of any known item: nothing can be evaluated");
        }
        if (data.items() < 2) {
            throw new IllegalArgumentException("there is only [1] item: one item has no order, at least 2 are needed");
        }
        if (data.users() < 2) {
            throw new IllegalArgumentException(
                "there is only [1] user: an evaluation needs at least 2, and hundreds to tell methods apart"
            );
        }
    }

    private static EvaluationCases evaluationCases(EvaluationSpec spec, Dataset data, List<String> notes) {
        EvaluationCases evaluationCases = spec.ask(data, notes);
        int users = EvaluationSpec.users(evaluationCases);
        if (users < 2) {
            throw new IllegalArgumentException(
                "the protocol [" + spec.protocol() + "] leaves [" + users
                    + "] users to ask about, at least 2 are needed: "
                    + (spec.protocol().equals("leave-one-out") ? "users need two items each"
                        : "users need events on both sides of the split, which is ["
                            + Instant.ofEpochMilli(spec.from(data))
                            + "], and later ones of items that had events before it")
            );
        }
        return evaluationCases;
    }

    private static void requireWritable(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            boolean existed = Files.exists(file);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
            if (existed == false) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the report cannot be written to [" + file + "]: " + e, e);
        }
    }

    private static void write(Path file, String text, ProgressLine progress) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        progress.say("wrote " + file);
    }
}
