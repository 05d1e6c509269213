package org.opensearch.interest.search.pipeline;

import org.apache.lucene.index.LeafReaderContext;
import org.opensearch.common.document.DocumentField;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.interest.engine.lucene.UnitVectors;
import org.opensearch.search.SearchHit;
import org.opensearch.search.fetch.FetchContext;
import org.opensearch.search.fetch.FetchSubPhase;
import org.opensearch.search.fetch.FetchSubPhaseProcessor;

import java.io.IOException;
import java.util.List;

/**
 * Sends the hits' vectors along where {@link FetchVectorsExt} asks for them: from the segments and not from
 * {@code _source}, which may lack them. A vector is one value, of unit length. Stateless.
 */
public final class FetchVectors implements FetchSubPhase {
    private static final String FIELD = "_interest_vector";

    @Override
    public FetchSubPhaseProcessor getProcessor(FetchContext context) {
        if (context.getSearchExt(FetchVectorsExt.NAME) instanceof FetchVectorsExt ext) {
            MappedFieldType type = context.mapperService().fieldType(ext.field());
            // an alias has another name in the segments
            return type == null ? null : new OfSegments(type.name());
        }
        return null;
    }

    /** The vector that came with a hit; null where none did. */
    static float[] of(SearchHit hit) {
        DocumentField field = hit.getDocumentFields().get(FIELD);
        return field == null || field.getValues().isEmpty() ? null : field.getValue();
    }

    private static final class OfSegments implements FetchSubPhaseProcessor {
        private final String field;
        private UnitVectors vectors;

        OfSegments(String field) {
            this.field = field;
        }

        @Override
        public void setNextReader(LeafReaderContext segment) throws IOException {
            vectors = UnitVectors.of(segment.reader(), field);
        }

        @Override
        public void process(HitContext hit) throws IOException {
            float[] unit = vectors.vector(hit.docId());
            if (unit != null) {
                hit.hit().setDocumentField(FIELD, new DocumentField(FIELD, List.of(unit)));
            }
        }
    }
}
