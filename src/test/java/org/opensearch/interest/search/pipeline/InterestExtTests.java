package org.opensearch.interest.search.pipeline;

import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.test.OpenSearchTestCase;

import java.io.IOException;
import java.util.List;

/** The ext of a search is unchanged after XContent and wire serialization. */
public class InterestExtTests extends OpenSearchTestCase {
    private static InterestExt randomExt() {
        boolean byVector = randomBoolean();
        boolean interleaves = byVector == false && randomBoolean();
        return new InterestExt(
            byVector ? null : randomAlphaOfLengthBetween(1, 20) + "é✓",
            byVector ? new float[]{ randomFloat() + 0.1f, -randomFloat() } : null,
            randomBoolean() ? null : randomAlphaOfLength(5), interleaves || randomBoolean() ? null : randomFloat(),
            randomBoolean() ? null : "words " + randomAlphaOfLength(5),
            interleaves ? List.of(randomAlphaOfLength(5), randomAlphaOfLength(6)) : null
        );
    }

    public void testSurvivesXContentAndWire() throws IOException {
        for (int i = 0; i < 50; i++) {
            InterestExt ext = randomExt();
            XContentType type = randomFrom(XContentType.values());
            try (XContentBuilder builder = MediaTypeRegistry.contentBuilder(type)) {
                builder.startObject();
                ext.toXContent(builder, ToXContent.EMPTY_PARAMS);
                builder.endObject();
                try (XContentParser parser = createParser(type.xContent(), BytesReference.bytes(builder))) {
                    parser.nextToken();
                    parser.nextToken();
                    assertEquals(InterestExt.NAME, parser.currentName());
                    parser.nextToken();
                    InterestExt parsed = InterestExt.fromXContent(parser);
                    assertEquals(ext, parsed);
                    assertEquals(ext.hashCode(), parsed.hashCode());
                }
            }
            try (BytesStreamOutput out = new BytesStreamOutput()) {
                ext.writeTo(out);
                assertEquals(ext, new InterestExt(out.bytes().streamInput()));
            }
        }
    }

    public void testAnIdMayBeANumberAndNothingElseMayBeAnything() throws IOException {
        assertEquals("42", parse("{\"user\":42}").user());
        String[] all = { "{\"user\":[]}", "{\"user\":\"\"}", "{\"user\":null}", "{\"vector\":[0,0]}",
            "{\"weight\":\"a\"}", "{\"query_text\":\" \"}", "{\"who\":1}", "5", "{\"interleave\":[\"a\",\"b\"]}",
            "{\"user\":\"u\",\"interleave\":[\"a\"]}", "{\"user\":\"u\",\"interleave\":[\"a\",\"a\"]}",
            "{\"user\":\"u\",\"weight\":1,\"interleave\":[\"a\",\"b\"]}" };
        for (String wrong : all) {
            Exception e = expectThrows(Exception.class, () -> parse(wrong));
            assertTrue(wrong + ": " + e.getMessage(), e.getMessage().contains("[interest]"));
        }
    }

    private InterestExt parse(String json) throws IOException {
        try (XContentParser parser = createParser(XContentType.JSON.xContent(), json)) {
            parser.nextToken();
            return InterestExt.fromXContent(parser);
        }
    }
}
