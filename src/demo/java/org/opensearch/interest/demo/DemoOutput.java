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

/** Prints the node's responses in a readable form. */
final class DemoOutput {
    private static final int RECENT = 3;
    private static final int TOPICS = 4;
    /** Number of queries to show; the data contains more, for readers to try. */
    private static final int QUERIES = 5;
    private static final int WORDS_PER_TOPIC = 3;
    private static final int REASONS = 2;
    private static final int PEOPLE_PER_QUERY = 2;
    private static final String NEW_USER = "somebody-new";

    private final DemoShop shop;
    private final DemoData data;
    private final NearestEvents nearestEvents;
    private final Terminal terminal;

    DemoOutput(DemoShop shop, DemoData data, Terminal terminal) {
        this.shop = shop;
        this.data = data;
        this.nearestEvents = new NearestEvents(shop, data);
        this.terminal = terminal;
    }

    void people() {
        terminal.heading("Our regular customers and their latest events");
        for (DemoData.Persona persona : data.personas()) {
            JsonObject profile = shop.user(persona.id());
            String counts = String.format(
                Locale.ROOT, "  %d events, short-term weight %.1f, long-term %.1f", profile.get("events").getAsInt(),
                weight(profile, "short_term"), weight(profile, "long_term")
            );
            terminal.line(terminal.bold(persona.name()) + terminal.dim(counts));
            terminal.paragraph("  ", persona.about());
            terminal.paragraph("  ", "Interests: " + interests(profile));
            persona.events()
                .stream()
                .sorted(Comparator.comparingDouble(DemoData.PersonaEvent::hours_ago))
                .limit(RECENT)
                .forEach(event -> terminal.paragraph("    · ", nearestEvents.describe(event)));
        }
    }

    /** Returns some words for each of the person's largest topics, from the topic's label. */
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
        terminal.heading("The same search, a different first page");
        terminal.paragraph(
            "",
            String.format(
                Locale.ROOT,
                "Everyone sends the same search with `weight` %.1f: the share of the score that comes from the "
                    + "user's interests. The rest comes from the text match.",
                DemoShop.WEIGHT
            )
        );
        data.queries().stream().limit(QUERIES).forEach(this::query);
    }

    /** Shows the results of a user without events beside those of two people whom the query's note mentions. */
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
        DemoShop.Page newUser = shop.searchFor(NEW_USER, query.text());
        columns.add(column("A new user", newUser));
        List<DemoShop.Page> pages = new ArrayList<>();
        for (DemoData.Persona persona : people) {
            DemoShop.Page page = shop.searchFor(persona.id(), query.text());
            pages.add(page);
            columns.add(column(persona.name(), page));
        }
        terminal.columns(columns);
        terminal.blank();
        IntStream.range(0, people.size()).forEach(i -> why(people.get(i), pages.get(i), newUser));
    }

    private void why(DemoData.Persona persona, DemoShop.Page page, DemoShop.Page newUser) {
        Optional<DemoShop.Hit> top = page.hits().stream().findFirst();
        if (top.isEmpty()) {
            return;
        }
        String id = top.get().id();
        int rank = IntStream.range(0, newUser.hits().size())
            .filter(i -> newUser.hits().get(i).id().equals(id))
            .findFirst()
            .orElse(-1);
        String words = rank < 0 ? "not in the top " + DemoShop.PAGE : "number " + (rank + 1);
        terminal.paragraph(
            "  ",
            String.format(
                Locale.ROOT,
                "Why does %s see “%s” first? By text alone it is %s, but its interest score is %.2f (0.50 is the shop's average item), "
                    + "because %s",
                persona.name(), top.get().title(), words, shop.interest(persona.id(), id), persona.name()
            )
        );
        for (NearestEvents.Reason reason : nearestEvents.nearest(persona, id, REASONS)) {
            terminal.paragraph(
                "    · ",
                nearestEvents.describe(reason.event()) + String.format(Locale.ROOT, " (cosine %.2f)", reason.cosine())
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
