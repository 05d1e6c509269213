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
 * Fetch phase that adds vectors to the hits if {@link FetchVectorsExt} asks for them. Reads them from the segments, not
 * from {@code _source}, which may lack them. A vector is one field value, of unit length. Stateless.
 */
public final class FetchVectors implements FetchSubPhase {
    private static final String FIELD = "_interest_vector";

    @Override
    public FetchSubPhaseProcessor getProcessor(FetchContext context) {
        if (context.getSearchExt(FetchVectorsExt.NAME) instanceof FetchVectorsExt ext) {
            MappedFieldType type = context.mapperService().fieldType(ext.field());
            // a field alias resolves to the name that the segments use
            return type == null ? null : new SegmentVectors(type.name());
        }
        return null;
    }

    /** Returns the vector that the fetch phase added to a hit; null if it added none. */
    static float[] of(SearchHit hit) {
        DocumentField field = hit.getDocumentFields().get(FIELD);
        return field == null || field.getValues().isEmpty() ? null : field.getValue();
    }

    private static final class SegmentVectors implements FetchSubPhaseProcessor {
        private final String field;
        private UnitVectors vectors;

        SegmentVectors(String field) {
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
