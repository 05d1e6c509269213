package org.opensearch.interest.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells what the node answers so that a person enjoys reading it. */
final class DemoOutput {
    private static final int RECENT = 3;
    private static final int TOPICS = 4;
    /** The rest of the words is for whoever reads the data and tries them. */
    private static final int QUERIES = 5;
    private static final int WORDS_PER_TOPIC = 3;
    private static final int REASONS = 2;
    private static final int PEOPLE_PER_QUERY = 2;
    private static final String STRANGER = "somebody-new";

    private final DemoShop shop;
    private final DemoData data;
    private final NearestEvents because;
    private final Terminal terminal;

    DemoOutput(DemoShop shop, DemoData data, Terminal terminal) {
        this.shop = shop;
        this.data = data;
        this.because = new NearestEvents(shop, data);
        this.terminal = terminal;
    }

    void people() {
        terminal.heading("The regulars, and what the shop has seen of them lately");
        for (DemoData.Persona persona : data.personas()) {
            JsonObject profile = shop.user(persona.id());
            String seen = String.format(
                Locale.ROOT, "  %d events, short-term weight %.1f, long-term %.1f", profile.get("events").getAsInt(),
                weight(profile, "short_term"), weight(profile, "long_term")
            );
            terminal.line(terminal.bold(persona.name()) + terminal.dim(seen));
            terminal.paragraph("  ", persona.about());
            terminal.paragraph("  ", "Interests: " + interests(profile));
            persona.events()
                .stream()
                .sorted(Comparator.comparingDouble(DemoData.Deed::hours_ago))
                .limit(RECENT)
                .forEach(deed -> terminal.paragraph("    · ", because.told(deed)));
        }
    }

    /** A few words for each of the person's larger topics, as the plugin names them. */
    private static String interests(JsonObject profile) {
        return profile.getAsJsonArray("topics")
            .asList()
            .stream()
            .map(JsonElement::getAsJsonObject)
            .limit(TOPICS)
            .map(
                topic -> String.format(
                    Locale.ROOT, "%s %.0f %%", String.join(", ", words(topic)), 100 * topic.get("weight").getAsDouble()
                )
            )
            .collect(Collectors.joining(" · "));
    }

    private static List<String> words(JsonObject topic) {
        return topic.getAsJsonArray("label")
            .asList()
            .stream()
            .map(JsonElement::getAsString)
            .limit(WORDS_PER_TOPIC)
            .toList();
    }

    void queries() {
        terminal.heading("The same words, another first page");
        terminal.paragraph(
            "",
            String.format(
                Locale.ROOT,
                "Everyone sends the same search, with `weight` %.1f: that share of a hit's place is theirs, the rest belongs to the words.",
                DemoShop.WEIGHT
            )
        );
        data.queries().stream().limit(QUERIES).forEach(this::query);
    }

    /** Two people whom the note on the query tells about, beside a stranger. */
    private void query(DemoData.Query query) {
        terminal.blank();
        terminal.line(terminal.accent("  “" + query.text() + "”"));
        terminal.paragraph("  ", query.note());
        terminal.blank();
        List<DemoData.Persona> people = data.personas()
            .stream()
            .filter(persona -> query.note().contains(persona.name()))
            .sorted(Comparator.comparingInt(persona -> query.note().indexOf(persona.name())))
            .limit(PEOPLE_PER_QUERY)
            .toList();
        List<List<String>> columns = new ArrayList<>();
        DemoShop.Page stranger = shop.searchFor(STRANGER, query.text());
        columns.add(column("A stranger", stranger));
        List<DemoShop.Page> pages = new ArrayList<>();
        for (DemoData.Persona persona : people) {
            DemoShop.Page page = shop.searchFor(persona.id(), query.text());
            pages.add(page);
            columns.add(column(persona.name(), page));
        }
        terminal.columns(columns);
        terminal.blank();
        IntStream.range(0, people.size()).forEach(i -> why(people.get(i), pages.get(i), stranger));
    }

    private void why(DemoData.Persona persona, DemoShop.Page page, DemoShop.Page stranger) {
        Optional<DemoShop.Hit> top = page.hits().stream().findFirst();
        if (top.isEmpty()) {
            return;
        }
        String id = top.get().id();
        int rank = IntStream.range(0, stranger.hits().size())
            .filter(i -> stranger.hits().get(i).id().equals(id))
            .findFirst()
            .orElse(-1);
        String words = rank < 0 ? "not among the first " + DemoShop.PAGE : "no. " + (rank + 1);
        terminal.paragraph(
            "  ",
            String.format(
                Locale.ROOT,
                "Why %s sees “%s” first: by the words alone it is %s, but its interest score is %.2f (0.50 is the shop's average item), "
                    + "because %s",
                persona.name(), top.get().title(), words, shop.interest(persona.id(), id), persona.name()
            )
        );
        for (NearestEvents.Reason reason : because.nearest(persona, id, REASONS)) {
            terminal.paragraph(
                "    · ", because.told(reason.deed()) + String.format(Locale.ROOT, " (cosine %.2f)", reason.cosine())
            );
        }
    }

    private List<String> column(String name, DemoShop.Page page) {
        List<String> column = new ArrayList<>();
        column.add(name);
        for (int i = 0; i < page.hits().size(); i++) {
            column.add((i + 1) + ". " + page.hits().get(i).title());
        }
        if (page.hits().isEmpty()) {
            column.add("nothing found");
        }
        return column;
    }

    private static double weight(JsonObject profile, String part) {
        return profile.getAsJsonObject(part).get("weight").getAsDouble();
    }
}
