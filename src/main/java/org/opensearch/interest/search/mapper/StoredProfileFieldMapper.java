package org.opensearch.interest.search.mapper;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.MapperParsingException;
import org.opensearch.index.mapper.ParametrizedFieldMapper;
import org.opensearch.index.mapper.ParseContext;
import org.opensearch.index.mapper.TextSearchInfo;
import org.opensearch.index.mapper.ValueFetcher;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.cluster.store.ProfileDocument;
import org.opensearch.search.lookup.SearchLookup;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Mapper of {@code {"type":"interest_profile"}}: a profile's bytes in the plugin's own indices. The bytes are stored in
 * binary doc values only, and the document's source is derived from them. Stored fields would be compressed, which
 * costs more than the rest of writing a profile and saves no space, because a profile's numbers have no pattern.
 */
public final class StoredProfileFieldMapper extends ParametrizedFieldMapper {
    public static final String CONTENT_TYPE = "interest_profile";

    public static final TypeParser PARSER = new TypeParser((name, context) -> new Builder(name));

    private StoredProfileFieldMapper(String simpleName, MappedFieldType type) {
        super(simpleName, type, MultiFields.empty(), CopyTo.empty());
    }

    @Override
    protected void parseCreateField(ParseContext context) throws IOException {
        XContentParser parser = context.parser();
        if (parser.currentToken() == XContentParser.Token.VALUE_NULL) {
            return;
        }
        if (context.doc().getField(name()) != null) {
            throw new MapperParsingException(
                "[interest] field [" + name() + "] must hold one value a document, but there is a second one"
            );
        }
        byte[] profile = ProfileDocument.profile(context.sourceToParse().source());
        context.doc()
            .add(new BinaryDocValuesField(name(), new BytesRef(profile != null ? profile : parser.binaryValue())));
    }

    /** Always possible: all that was parsed is in the doc values. */
    @Override
    public void canDeriveSource() {}

    @Override
    public void deriveSource(XContentBuilder builder, LeafReader reader, int docId) throws IOException {
        BinaryDocValues values = reader.getBinaryDocValues(name());
        if (values != null && values.advanceExact(docId)) {
            BytesRef bytes = values.binaryValue();
            builder.field(simpleName()).value(bytes.bytes, bytes.offset, bytes.length);
        }
    }

    @Override
    public ParametrizedFieldMapper.Builder getMergeBuilder() {
        return new Builder(simpleName()).init(this);
    }

    @Override
    protected String contentType() {
        return CONTENT_TYPE;
    }

    private static final class Builder extends ParametrizedFieldMapper.Builder {
        Builder(String name) {
            super(name);
        }

        @Override
        protected List<Parameter<?>> getParameters() {
            return List.of();
        }

        @Override
        public StoredProfileFieldMapper build(BuilderContext context) {
            return new StoredProfileFieldMapper(name, new Type(buildFullName(context)));
        }
    }

    /** A field that cannot be searched, except for its existence. */
    private static final class Type extends MappedFieldType {
        Type(String name) {
            super(name, false, false, true, TextSearchInfo.NONE, Map.of());
        }

        @Override
        public String typeName() {
            return CONTENT_TYPE;
        }

        @Override
        public ValueFetcher valueFetcher(QueryShardContext context, SearchLookup lookup, String format) {
            throw notSearched(context);
        }

        @Override
        public Query existsQuery(QueryShardContext context) {
            return new FieldExistsQuery(name());
        }

        @Override
        public Query termQuery(Object value, QueryShardContext context) {
            throw notSearched(context);
        }

        private QueryShardException notSearched(QueryShardContext context) {
            return new QueryShardException(
                context, "[interest] field [" + name() + "] holds a profile, which is read by its document's id only"
            );
        }
    }
}
