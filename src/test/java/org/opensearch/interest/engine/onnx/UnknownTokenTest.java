package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Unknown tokens are counted in all the ways in which a tokenizer's file names the unknown token. */
class UnknownTokenTest {
    @TempDir
    Path temporary;

    @BeforeAll
    static void loadLibraries() {
        BundledModel.load().close();
    }

    private int unknown(String preTokenizer, String model, String text) throws IOException {
        Path file = temporary.resolve("tokenizer.json");
        Files.writeString(
            file,
            "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":"
                + preTokenizer + ",\"post_processor\":null,\"decoder\":null,\"model\":" + model + "}"
        );
        try (TextTokenizer tokenizer = TextTokenizer.open(file, 16)) {
            return tokenizer.tokenize(text).unknown();
        }
    }

    @Test
    void sentencePieceNamesAPlaceOfItsVocabulary() throws Exception {
        String metaspace = "{\"type\":\"Metaspace\",\"replacement\":\"\u2581\",\"prepend_scheme\":\"always\",\"split\":true}";
        String model = "{\"type\":\"Unigram\",\"unk_id\":1,\"vocab\":"
            + "[[\"<pad>\",0.0],[\"<unk>\",0.0],[\"\u2581shoes\",-1.0],[\"\u2581\",-2.0],[\"\u2581mug\",-1.5]]}";
        assertEquals(0, unknown(metaspace, model, "shoes mug"));
        assertEquals(1, unknown(metaspace, model, "shoes \u8212\u9002"), "together they are one");
        assertEquals(2, unknown(metaspace, model, "\u8212 mug \u9002"));
    }

    @Test
    void whatSpellsByteByByteKnowsEverything() throws Exception {
        String bytes = "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":true}";
        // The three bytes of a Chinese character, spelled as such tokenizers write them.
        String model = "{\"type\":\"BPE\",\"unk_token\":null,\"vocab\":{\"a\":0,\"\u00e8\":1,\"\u012a\":2,\"\u0134\":3},\"merges\":[]}";
        assertEquals(0, unknown(bytes, model, "a\u8212"));
    }

    @Test
    void theTokenThatIsNamedNeedNotBeASpecialOne() throws Exception {
        String space = "{\"type\":\"Whitespace\"}";
        String pairs = "{\"type\":\"BPE\",\"unk_token\":\"<unk>\",\"vocab\":{\"a\":0,\"b\":1,\"<unk>\":2},\"merges\":[]}";
        assertEquals(1, unknown(space, pairs, "ab \u8212"));
        String before = "{\"type\":\"WordLevel\",\"vocab\":{\"mug\":0,\"nothing\":1},\"unk_token\":\"nothing\"}";
        assertEquals(2, unknown(space, before, "mug shoes trails"));
    }
}
