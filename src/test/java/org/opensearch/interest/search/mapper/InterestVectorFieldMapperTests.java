package org.opensearch.interest.search.mapper;

import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.mapper.DocumentMapper;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.MapperParsingException;
import org.opensearch.index.mapper.MapperTestCase;
import org.opensearch.index.mapper.ParseContext;
import org.opensearch.index.mapper.SourceToParse;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.InterestPlugin;
import org.opensearch.plugins.Plugin;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

public class InterestVectorFieldMapperTests extends MapperTestCase {
    @Override
    protected Collection<? extends Plugin> getPlugins() {
        return List.of(new InterestPlugin());
    }

    @Override
    protected void minimalMapping(XContentBuilder b) throws IOException {
        b.field("type", "interest_vector").field("dimension", 3);
    }

    @Override
    protected void writeFieldValue(XContentBuilder b) throws IOException {
        b.value(new float[]{ 1, 2, 3 });
    }

    @Override
    protected void registerParameters(ParameterChecker checker) throws IOException {
        checker.registerConflictCheck(
            "dimension", fieldMapping(this::minimalMapping),
            fieldMapping(b -> b.field("type", "interest_vector").field("dimension", 4))
        );
        checker.registerConflictCheck("similarity", b -> b.field("similarity", "l2"));
    }

    @Override
    protected boolean supportsOrIgnoresBoost() {
        return false;
    }

    @Override
    protected void assertExistsQuery(MappedFieldType type, Query query, ParseContext.Document fields) {
        assertEquals(new FieldExistsQuery("field"), query);
        assertNotNull(fields.getField("field"));
        assertNoFieldNamesField(fields);
    }

    public void testCosineIsStoredAtUnitLength() throws IOException {
        KnnFloatVectorField stored = stored("cosine", 0, 3, 4);
        assertArrayEquals(new float[]{ 0, 0.6f, 0.8f }, stored.vectorValue(), 1e-7f);
        assertEquals(VectorSimilarityFunction.DOT_PRODUCT, stored.fieldType().vectorSimilarityFunction());
    }

    public void testOtherSimilaritiesStoreWhatTheyAreGiven() throws IOException {
        KnnFloatVectorField inner = stored("dot_product", 0, 3, 4);
        assertArrayEquals(new float[]{ 0, 3, 4 }, inner.vectorValue(), 0f);
        assertEquals(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT, inner.fieldType().vectorSimilarityFunction());
        KnnFloatVectorField euclidean = stored("l2", 0, 0, 0);
        assertArrayEquals(new float[3], euclidean.vectorValue(), 0f);
        assertEquals(VectorSimilarityFunction.EUCLIDEAN, euclidean.fieldType().vectorSimilarityFunction());
    }

    private KnnFloatVectorField stored(String similarity, float... vector) throws IOException {
        DocumentMapper mapper = createDocumentMapper(fieldMapping(b -> {
            minimalMapping(b);
            b.field("similarity", similarity);
        }));
        IndexableField[] fields = mapper.parse(source(b -> b.array("field", vector))).rootDoc().getFields("field");
        assertEquals(1, fields.length);
        return (KnnFloatVectorField) fields[0];
    }

    public void testNullIsNoVector() throws IOException {
        DocumentMapper mapper = createDocumentMapper(fieldMapping(this::minimalMapping));
        assertNull(mapper.parse(source(b -> b.nullField("field"))).rootDoc().getField("field"));
        assertNull(mapper.parse(source(b -> {})).rootDoc().getField("field"));
    }

    public void testRefusesOtherValues() throws IOException {
        String wants = "[interest] field [field] must be an array of [3] finite numbers, but ";
        refused(wants + "there were [2]", "[1,2]");
        refused(wants + "there were [4]", "[1,2,3,4]");
        refused(wants + "there were [0]", "[]");
        refused(wants + "element [0] was [1e39]", "[1e39,2,3]");
        refused(wants + "element [2] was the string [3]", "[1,2,\"3\"]");
        refused(wants + "element [2] was [null]", "[1,2,null]");
        refused(wants + "element [0] was an array", "[[1,2,3]]");
        refused(wants + "element [0] was an object", "[{}]");
        refused(wants + "it was the string [1,2,3]", "\"1,2,3\"");
        refused(wants + "it was [true]", "true");
        refused(wants + "it was [7]", "7");
        refused(wants + "it was an object", "{\"a\":1}");
        refused(
            "[interest] field [field] of similarity [cosine] must not hold the zero vector: it has no direction",
            "[0,0,0]"
        );
    }

    private void refused(String reason, String value) throws IOException {
        DocumentMapper mapper = createDocumentMapper(fieldMapping(this::minimalMapping));
        MapperParsingException e = expectThrows(
            MapperParsingException.class, () -> mapper.parse(source("{\"field\":" + value + "}"))
        );
        assertEquals(reason, e.getMessage());
        assertEquals(400, e.status().getStatus());
    }

    /** JSON has no such numbers and core refuses them; the binary formats have them. */
    public void testRefusesNumbersThatAreNotFinite() throws IOException {
        DocumentMapper mapper = createDocumentMapper(fieldMapping(this::minimalMapping));
        for (float number : new float[]{ Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY }) {
            XContentBuilder smile = XContentFactory.smileBuilder()
                .startObject()
                .array("field", new float[]{ 1, number, 3 })
                .endObject();
            SourceToParse source = new SourceToParse("test", "1", BytesReference.bytes(smile), XContentType.SMILE);
            MapperParsingException e = expectThrows(MapperParsingException.class, () -> mapper.parse(source));
            assertEquals(
                "[interest] field [field] must be an array of [3] finite numbers, but element [1] was [" + number + "]",
                e.getMessage()
            );
        }
    }

    public void testRefusesASecondVector() throws IOException {
        DocumentMapper mapper = createDocumentMapper(
            mapping(
                b -> b.startObject("o")
                    .startObject("properties")
                    .startObject("v")
                    .field("type", "interest_vector")
                    .field("dimension", 1)
                    .endObject()
                    .endObject()
                    .endObject()
            )
        );
        MapperParsingException e = expectThrows(
            MapperParsingException.class, () -> mapper.parse(source("{\"o\":[{\"v\":[1]},{\"v\":[2]}]}"))
        );
        assertEquals(
            "[interest] field [o.v] must hold one vector a document, but there is a second one", e.getMessage()
        );
    }

    public void testRefusesVectorsTooLongToSquare() throws IOException {
        DocumentMapper mapper = createDocumentMapper(fieldMapping(b -> {
            minimalMapping(b);
            b.field("similarity", "dot_product");
        }));
        MapperParsingException e = expectThrows(
            MapperParsingException.class, () -> mapper.parse(source("{\"field\":[1e30,0,0]}"))
        );
        assertTrue(
            e.getMessage(),
            e.getMessage().startsWith("[interest] field [field] must hold a vector whose squared length fits a float")
        );
    }

    public void testRefusesOtherMappings() {
        String range = "a whole number in [1,1024]";
        refusedMapping("[interest] field [field] needs [dimension], " + range, b -> b.field("type", "interest_vector"));
        for (Object dimension : new Object[]{ 0, -1, 1025, 1.5, "many" }) {
            refusedMapping(
                "[interest] [dimension] of field [field] must be " + range + ", but was [" + dimension + "]",
                b -> b.field("type", "interest_vector").field("dimension", dimension)
            );
        }
        refusedMapping(
            "[interest] [similarity] of field [field] must be one of [cosine, dot_product, l2], but was [nearness]",
            b -> b.field("type", "interest_vector").field("dimension", 3).field("similarity", "nearness")
        );
    }

    public void testRefusesSubFields() {
        refusedMapping("[interest] field [field] is a vector and cannot have sub-fields in [fields]", b -> {
            minimalMapping(b);
            b.startObject("fields").startObject("raw").field("type", "keyword").endObject().endObject();
        });
    }

    private void refusedMapping(String reason, CheckedConsumer<XContentBuilder, IOException> mapping) {
        MapperParsingException e = expectThrows(
            MapperParsingException.class, () -> createMapperService(fieldMapping(mapping))
        );
        assertTrue(e.getMessage(), e.getMessage().endsWith(reason));
    }

    public void testTakesTheDimensionAsAString() throws IOException {
        createDocumentMapper(fieldMapping(b -> b.field("type", "interest_vector").field("dimension", "3")));
    }

    public void testOtherQueriesAreRefused() throws IOException {
        var service = createMapperService(fieldMapping(this::minimalMapping));
        QueryShardException e = expectThrows(
            QueryShardException.class, () -> service.fieldType("field").termQuery("1", createQueryShardContext(service))
        );
        assertEquals(
            "[interest] field [field] of type [interest_vector] can be searched by [interest] and [exists] queries only",
            e.getMessage()
        );
    }
}
