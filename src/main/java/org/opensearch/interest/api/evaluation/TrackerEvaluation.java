package org.opensearch.interest.api.evaluation;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.UUIDs;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.api.feature.ProgressTask;
import org.opensearch.interest.cluster.calibration.PriorGeometries;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.store.EvaluationStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.embedding.Embedder;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.TimeSpread;
import org.opensearch.interest.core.evaluation.learning.EvaluationListener;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.learning.TrackerTuning;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.evaluation.report.EvaluationSpec;
import org.opensearch.interest.core.evaluation.report.Evaluator;
import org.opensearch.interest.core.evaluation.report.HtmlReport;
import org.opensearch.interest.core.evaluation.report.JsonReport;
import org.opensearch.interest.core.evaluation.report.MemoryEstimate;
import org.opensearch.interest.core.evaluation.report.Report;
import org.opensearch.interest.core.evaluation.report.ReportFormats;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.transport.client.Client;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One evaluation of a tracker, from its events to a stored report. Blocks, with timeouts: needs a thread of its own.
 */
final class TrackerEvaluation {
    private static final TimeValue TIMEOUT = TimeValue.timeValueMinutes(1);
    /** With fewer users, the figures would mislead. */
    private static final int FEWEST_USERS = 10;

    /** Services that an evaluation uses. */
    record Services(
        Client client,
        TrackerStore trackers,
        EventHistory history,
        EvaluationStore reports,
        PriorGeometries priors,
        Embedder embedder,
        Clock clock
    ) {}

    private final Services services;
    private final EvaluateRequest request;
    private final EvaluateOptions options;
    private final ProgressTask task;
    private final Consumer<SearchRequest> owner;
    private final MemoryReservation memory;
    private final List<String> notes = new ArrayList<>();
    private final String id = UUIDs.base64UUID();

    /** @param owner makes a search a child of the task */
    TrackerEvaluation(
        Services services, EvaluateRequest request, EvaluateOptions options, ProgressTask task,
        Consumer<SearchRequest> owner, MemoryReservation memory
    ) {
        this.services = services;
        this.request = request;
        this.options = options;
        this.task = task;
        this.owner = owner;
        this.memory = memory;
    }

    EvaluateResponse run() {
        Tracker tracker = await(listener -> services.trackers.get(request.tracker, listener));
        TrackerDataset data = read(tracker);
        long created = services.clock.millis();
        Findings findings = evaluate(tracker, data, created);
        String json = JsonReport
            .of(findings.report, findings.proposal == null ? Map.of() : Map.of("proposal", findings.proposal));
        at("keeping the report", 0, 0);
        EvaluationStore.Kept kept = new EvaluationStore.Kept(
            id, created, JsonReport.of(ReportFormats.summary(findings.report, options.k(), findings.proposal)), json,
            ReportFormats.text(findings.report, options.k()), HtmlReport.of(findings.report, options.k())
        );
        TrackerEvaluation.<Void>await(listener -> services.reports.put(tracker, kept, listener));
        return new EvaluateResponse(request.tracker, id, created, json);
    }

    /** @param proposal null if there is none */
    private record Findings(Report report, Map<String, Object> proposal) {}

    private TrackerDataset read(Tracker tracker) {
        at("reading events", 0, 0);
        EventSource reader = new EventSource(tracker, options, memory, notes);
        List<EvaluationEvent> events = options.events() == null
            ? reader.read(services.history, done -> at("reading events", done, 0), owner)
            : reader.read(options.events(), services.clock.millis());
        TreeSet<String> mentioned = new TreeSet<>();
        events.stream().map(EvaluationEvent::item).filter(Objects::nonNull).forEach(mentioned::add);
        EvaluationCatalogue catalogue = new EvaluationCatalogue(services.client, tracker.items(), owner);
        long all = catalogue.count();
        int most = (int) Math.max(mentioned.size(), Math.min(all, options.maxItems()));
        int dimensionEstimate = services.priors.moments(tracker.modelId())
            .map(prior -> prior.itemMean().length)
            .orElse(1_024);
        memory.take(
            MemoryEstimate.catalogue(most, SearchTextVectors.MOST, dimensionEstimate)
                + MemoryEstimate.work(events.size(), most, options.users()),
            "[" + most + "] items", "[max_items], [users], or [since], so that fewer items have events"
        );
        Map<String, EvaluationCatalogue.Item> items = catalogue
            .read(mentioned, most, options.seed(), done -> at("reading items", done, most));
        if (all > most) {
            notes.add(
                "[" + items.size() + "] of [" + all
                    + "] items are ranked, those with events and others drawn by the seed: "
                    + "[max_items] asks for more"
            );
        }
        int dimension = items.values()
            .stream()
            .map(EvaluationCatalogue.Item::unit)
            .filter(Objects::nonNull)
            .mapToInt(unit -> unit.length)
            .findFirst()
            .orElse(0);
        return TrackerDataset.of(tracker, events, items, dimension, notes);
    }

    private Findings evaluate(Tracker tracker, TrackerDataset read, long created) {
        if (read.data().events() == 0) {
            String off = tracker.history().enabled() ? "" : ", and the tracker's [history] is off";
            notes.add(0, "there is nothing to replay: no event of any known item" + off);
            return new Findings(ReportFormats.without(read.data(), 0, Map.of("name", options.protocol()), notes), null);
        }
        EvaluationCases cases = options.spec().ask(read.data(), notes);
        Map<String, Object> protocol = options.describe(cases);
        int users = EvaluationSpec.users(cases);
        if (users < FEWEST_USERS || read.data().items() < 2) {
            notes.addAll(TimeSpread.notes(read.data()));
            notes.add(
                0,
                "too little to measure, so no figures: the protocol [" + options.protocol() + "] leaves [" + users
                    + "] users to ask about of [" + read.data().users() + "] with [" + read.data().events()
                    + "] events of [" + read.data().items() + "] items, and fewer than [" + FEWEST_USERS
                    + "] users say nothing"
            );
            return new Findings(ReportFormats.without(read.data(), users, protocol, notes), null);
        }
        ItemVectorSpace space = space(tracker, read, cases);
        EvaluationOptions evaluationOptions = new EvaluationOptions(
            options.methods(), options.k(), options.seed(), 1, options.sweep()
        );
        EvaluationListener listener = this::at;
        // evaluates the tracker's current settings, so that the report describes the search in use
        Report measured = new Evaluator(cases, space, tracker, evaluationOptions).run(listener);
        protocol.putAll(measured.protocol());
        notes.addAll(measured.notes());
        Map<String, Object> proposal = space == null ? null
            : propose(tracker, cases, space, evaluationOptions, listener, created);
        if (space == null) {
            notes.add("no item has a vector: there are no settings to choose");
        }
        return new Findings(ReportFormats.complete(measured, protocol, notes), proposal);
    }

    private ItemVectorSpace space(Tracker tracker, TrackerDataset read, EvaluationCases cases) {
        float[] sample = read.vectors().stream().filter(Objects::nonNull).findFirst().orElse(null);
        if (sample == null) {
            return null;
        }
        List<String> texts = read.data().searches();
        List<float[]> searches = new SearchTextVectors(services.embedder, notes)
            .of(tracker.modelId(), texts, sample.length, done -> at("embedding searches", done, texts.size()));
        Moments prior = services.priors.moments(tracker.modelId())
            .filter(moments -> moments.itemMean().length == sample.length)
            .orElse(null);
        at("fitting the catalogue", 0, 0);
        return new ItemVectorSpace(read.vectors(), searches, cases.catalogue(), prior);
    }

    private Map<String, Object> propose(
        Tracker tracker, EvaluationCases cases, ItemVectorSpace space, EvaluationOptions evaluationOptions,
        EvaluationListener listener, long created
    ) {
        Tracker defaults = TrackerJson
            .read(tracker.name(), tracker.uid(), Map.of("items", Map.of("index", tracker.items().index())));
        Tracker defaultSettings = tracker
            .withReading(defaults.halfLives(), defaults.alpha(), defaults.geometry(), defaults.topics())
            .withBlend(defaults.blend());
        TrackerTuning.Proposal proposal = TrackerTuning
            .propose(cases, space, tracker, defaultSettings, evaluationOptions, listener);
        boolean applied = false;
        String why = proposal.why();
        if (request.apply && proposal.better()) {
            at("applying settings", 0, 0);
            try {
                apply(tracker, proposal, created);
                applied = true;
            } catch (OpenSearchStatusException e) {
                if (e.status() != RestStatus.CONFLICT) {
                    throw e;
                }
                why = e.getMessage();
            }
        }
        String settings = TrackerJson.reading(proposal.settings()).toString();
        String outcome = proposal.better() ? "settings that rank better: " + settings : "no settings are proposed";
        notes.add(outcome + " (" + why + ")" + (applied ? ", applied" : ""));
        return ReportFormats.proposal(proposal, "ndcg@" + options.k(), applied, why);
    }

    private void apply(Tracker tracker, TrackerTuning.Proposal proposal, long created) {
        ConfidenceInterval difference = proposal.difference();
        Tracker.Tuned evidence = new Tracker.Tuned(
            id, "ndcg@" + options.k(), proposal.before().value(), proposal.after().value(), difference.low(),
            difference.high(), created
        );
        TrackerEvaluation.<Void>await(
            listener -> services.trackers.tune(tracker, proposal.settings().withTuned(evidence), listener)
        );
    }

    private void at(String stage, int done, int of) {
        task.at(new EvaluateStatus(stage, done, of));
    }

    private static <T> T await(Consumer<ActionListener<T>> call) {
        PlainActionFuture<T> future = PlainActionFuture.newFuture();
        call.accept(future);
        return future.actionGet(TIMEOUT);
    }
}
