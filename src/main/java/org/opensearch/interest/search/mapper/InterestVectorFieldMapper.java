package org.opensearch.interest.search.mapper;

import org.apache.lucene.document.KnnFloatVectorField;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.mapper.FieldMapper;
import org.opensearch.index.mapper.MapperParsingException;
import org.opensearch.index.mapper.ParametrizedFieldMapper;
import org.opensearch.index.mapper.ParseContext;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Mapper of {@code {"type":"interest_vector","dimension":384,"similarity":"cosine"}}: one vector per document in
 * Lucene's vector index. A document with an invalid value is refused as a whole; null means no vector.
 */
public final class InterestVectorFieldMapper extends ParametrizedFieldMapper {
    public static final String CONTENT_TYPE = "interest_vector";
    /** Limit of Lucene's vector format. A larger field could be mapped, but its vectors could not be indexed. */
    static final int MAX_DIMENSION = 1024;

    public static final TypeParser PARSER = new TypeParser((name, context) -> new Builder(name));

    private final int dimension;
    private final VectorSimilarity similarity;

    private InterestVectorFieldMapper(
        String simpleName, InterestVectorFieldType type, MultiFields multiFields, CopyTo copyTo
    ) {
        super(simpleName, type, multiFields, copyTo);
        this.dimension = type.dimension();
        this.similarity = type.similarity();
    }

    /** Without this, core would pass each number of the array separately. */
    @Override
    public boolean parsesArrayValue() {
        return true;
    }

    /** Avoids core's wrapping in "failed to parse", which would hide the reason under a cause. */
    @Override
    public void parse(ParseContext context) throws IOException {
        parseCreateField(context);
    }

    @Override
    protected void parseCreateField(ParseContext context) throws IOException {
        XContentParser parser = context.parser();
        if (parser.currentToken() == XContentParser.Token.VALUE_NULL) {
            return;
        }
        if (context.doc().getField(name()) != null) {
            throw new MapperParsingException(
                "[interest] field [" + name() + "] must hold one vector a document, but there is a second one"
            );
        }
        float[] vector = VectorValueParser.parse(parser, name(), dimension);
        context.doc().add(new KnnFloatVectorField(name(), toStored(vector), similarity.function()));
    }

    private float[] toStored(float[] vector) {
        if (similarity == VectorSimilarity.COSINE) {
            if (Vectors.norm(vector) == 0) {
                throw new MapperParsingException(
                    "[interest] field [" + name()
                        + "] of similarity [cosine] must not hold the zero vector: it has no direction"
                );
            }
            return Vectors.unit(vector);
        }
        float squared = (float) Vectors.dot(vector, vector);
        if (Float.isFinite(squared) == false) {
            throw new MapperParsingException(
                "[interest] field [" + name()
                    + "] must hold a vector whose squared length fits a float, but its length was ["
                    + Vectors.norm(vector) + "]"
            );
        }
        return vector;
    }

    @Override
    public ParametrizedFieldMapper.Builder getMergeBuilder() {
        return new Builder(simpleName()).init(this);
    }

    @Override
    protected String contentType() {
        return CONTENT_TYPE;
    }

    private static InterestVectorFieldType typeOf(FieldMapper mapper) {
        return ((InterestVectorFieldMapper) mapper).vectorType();
    }

    private InterestVectorFieldType vectorType() {
        return (InterestVectorFieldType) fieldType();
    }

    /**
     * Neither parameter can be changed later, because the index holds vectors that were checked and stored with them.
     */
    static final class Builder extends ParametrizedFieldMapper.Builder {
        private final Parameter<Integer> dimension;
        private final Parameter<String> similarity = new Parameter<>(
            "similarity", false, () -> VectorSimilarity.COSINE.spelling(),
            (name, context, value) -> VectorSimilarity.parse(this.name, Objects.toString(value)).spelling(),
            mapper -> typeOf(mapper).similarity().spelling()
        );
        private final Parameter<Map<String, String>> meta = Parameter.metaParam();

        Builder(String name) {
            super(name);
            dimension = new Parameter<>(
                "dimension", false, () -> null, (parameter, context, value) -> parseDimension(value),
                mapper -> typeOf(mapper).dimension()
            );
        }

        private Integer parseDimension(Object value) {
            // A mapping may give numbers as strings.
            String seen = String.valueOf(value);
            try {
                int number = Integer.parseInt(seen);
                if (number >= 1 && number <= MAX_DIMENSION) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // The same message covers a value that is no number and one out of range.
            }
            throw new MapperParsingException(
                "[interest] [dimension] of field [" + name + "] must be a whole number in [1," + MAX_DIMENSION
                    + "], but was [" + seen + "]"
            );
        }

        @Override
        protected List<Parameter<?>> getParameters() {
            return List.of(dimension, similarity, meta);
        }

        @Override
        public InterestVectorFieldMapper build(BuilderContext context) {
            if (dimension.getValue() == null) {
                throw new MapperParsingException(
                    "[interest] field [" + name + "] needs [dimension], a whole number in [1," + MAX_DIMENSION + "]"
                );
            }
            InterestVectorFieldType type = new InterestVectorFieldType(
                buildFullName(context), dimension.getValue(), VectorSimilarity.parse(name, similarity.getValue()),
                meta.getValue()
            );
            MultiFields subFields = multiFieldsBuilder.build(this, context);
            if (subFields.iterator().hasNext()) {
                throw new MapperParsingException(
                    "[interest] field [" + name + "] is a vector and cannot have sub-fields in [fields]"
                );
            }
            return new InterestVectorFieldMapper(name, type, subFields, copyTo.build());
        }
    }
}
