package org.opensearch.interest.search.rescore;

import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.NamedWriteableAwareStreamInput;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.MediaType;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.FieldWeights;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.interest.search.query.InterestRanking;
import org.opensearch.interest.search.query.ProfilesInMemoryPlugin;
import org.opensearch.search.SearchModule;
import org.opensearch.search.rescore.RescorerBuilder;
import org.opensearch.test.EqualsHashCodeTestUtils;
import org.opensearch.test.OpenSearchTestCase;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.opensearch.common.xcontent.json.JsonXContent.jsonXContent;

/** The two serialised forms of a rescorer: JSON from users, and the wire format between nodes. */
public class InterestRescorerBuilderTests extends OpenSearchTestCase {
    private final SearchModule module = new SearchModule(Settings.EMPTY, List.of(new ProfilesInMemoryPlugin()));

    @Override
    protected NamedXContentRegistry xContentRegistry() {
        return new NamedXContentRegistry(module.getNamedXContents());
    }

    @Override
    protected NamedWriteableRegistry writableRegistry() {
        return new NamedWriteableRegistry(module.getNamedWriteables());
    }

    private static InterestRescorerBuilder randomRescorer() {
        boolean byUser = randomBoolean();
        FieldWeights fields = randomBoolean() ? null : new FieldWeights(Map.of("plot", randomFloat() + 0.1f));
        String field = fields == null ? (byUser && randomBoolean() ? null : "title") : fields.first();
        RankingTarget target = byUser ? new RankingTarget("shop", randomAlphaOfLength(5), null, field)
            : new RankingTarget(randomBoolean() ? null : "shop", null, new float[]{ 1, randomFloat(), -1 }, field);
        RelevanceBlend.Form form = randomFrom(RelevanceBlend.Form.values());
        RelevanceBlend blend = new RelevanceBlend(
            form, randomFrom(0f, 0.25f, 1f), form == RelevanceBlend.Form.SATURATION ? randomFloat() + 0.5f : null
        );
        ComponentWeights parts = byUser && randomBoolean() ? new ComponentWeights(1, randomDouble(), randomInt(3), 0)
            : null;
        InterestRescorerBuilder builder = new InterestRescorerBuilder(
            new InterestRanking(target, fields, blend, parts)
        );
        return randomBoolean() ? builder : builder.windowSize(between(1, 1_000));
    }

    public void testOverTheWire() throws IOException {
        for (int i = 0; i < 50; i++) {
            InterestRescorerBuilder sent = randomRescorer();
            InterestRescorerBuilder received = overTheWire(sent);
            assertEquals(sent, received);
            assertEquals(sent.windowSize(), received.windowSize());
        }
    }

    private InterestRescorerBuilder overTheWire(InterestRescorerBuilder builder) throws IOException {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            out.writeNamedWriteable(builder);
            try (var in = new NamedWriteableAwareStreamInput(out.bytes().streamInput(), writableRegistry())) {
                return (InterestRescorerBuilder) in.readNamedWriteable(RescorerBuilder.class);
            }
        }
    }

    public void testAsWritten() throws IOException {
        for (int i = 0; i < 50; i++) {
            InterestRescorerBuilder builder = randomRescorer();
            XContentType type = randomFrom(XContentType.values());
            BytesReference written = toShuffledXContent(builder, (MediaType) type, ToXContent.EMPTY_PARAMS, false);
            try (XContentParser parser = createParser(type.xContent(), written)) {
                parser.nextToken();
                assertEquals(builder, RescorerBuilder.parseFromXContent(parser));
            }
        }
    }

    public void testEquality() {
        for (int i = 0; i < 20; i++) {
            EqualsHashCodeTestUtils
                .checkEqualsAndHashCode(randomRescorer(), this::overTheWire, InterestRescorerBuilderTests::changed);
        }
    }

    private static InterestRescorerBuilder changed(InterestRescorerBuilder builder) {
        return new InterestRescorerBuilder(
            new InterestRanking(new RankingTarget("other", "one", null, null), null, new RelevanceBlend(0.5f))
        );
    }

    public void testBadInput() {
        bad(
            "[interest] unknown key [query] in a rescorer; allowed are [tracker, user, vector,",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"query\":{}"
        );
        bad(
            "[interest] [weight] must be a number in [0,1], but was [-1]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":-1"
        );
        bad(
            "[interest] [weight] must be a number, but was [NaN]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"weight\":\"NaN\""
        );
        bad(
            "[interest] [blend] must be one of [geometric, saturation, multiplicative], but was [rrf]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"blend\":\"rrf\""
        );
        bad(
            "[interest] [blend] [saturation] needs [pivot], the score of the inner query that counts half",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"blend\":\"saturation\""
        );
        bad(
            "[interest] [pivot] belongs to [blend] [saturation], but the blend is [geometric]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"pivot\":3"
        );
        bad(
            "[interest] [pivot] must be a finite number above 0, but was [0.0]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"blend\":\"saturation\",\"pivot\":0"
        );
        bad(
            "[interest] takes [field] or [fields], but has both",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"field\":\"a\",\"fields\":[\"b\"]"
        );
        bad(
            "[interest] [fields] must hold 1 to 16 fields, but holds [0]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"fields\":[]"
        );
        bad(
            "[interest] [fields] must hold finite weights above 0, but the weight of [a] was [-1.0]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"fields\":{\"a\":-1}"
        );
        bad(
            "[interest] [fields.a] must be a number, but was [much]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"fields\":{\"a\":\"much\"}"
        );
        bad(
            "[interest] [fields] must be an object of fields and their weights, or an array of fields, but was [a]",
            "\"tracker\":\"shop\",\"user\":\"ann\",\"fields\":\"a\""
        );
        bad("[interest] needs exactly one of [user] and [vector], but has neither", "\"tracker\":\"shop\"");
    }

    private void bad(String reason, String body) {
        ParsingException e = expectThrows(ParsingException.class, () -> {
            try (XContentParser parser = createParser(jsonXContent, "{\"interest\":{" + body + "}}")) {
                parser.nextToken();
                RescorerBuilder.parseFromXContent(parser);
            }
        });
        assertTrue(e.getMessage(), e.getMessage().startsWith(reason));
    }
}
