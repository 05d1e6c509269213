package org.opensearch.interest.cluster.resolve;

import org.opensearch.common.unit.TimeValue;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.test.OpenSearchTestCase;

/** Tests which interests a page uses. */
public class PageSnapshotsTests extends OpenSearchTestCase {
    private static final ResultPage FIRST = new ResultPage("shoes", true);
    private static final ResultPage NEXT = new ResultPage("shoes", false);

    private static PageSnapshots.Key key(String search) {
        return new PageSnapshots.Key("ann", -1, search);
    }

    private static ResolvedInterest interest(float... vector) {
        return new ResolvedInterest("embedding", SimilarityFunction.to(vector));
    }

    public void testTheFollowingPagesSeeWhatTheFirstOneSaw() {
        PageSnapshots pages = new PageSnapshots();
        ResolvedInterest before = interest(1, 0);
        ResolvedInterest after = interest(0, 1);
        assertSame(before, pages.seenBy(FIRST, key("shoes"), before));
        assertSame(before, pages.seenBy(NEXT, key("shoes"), after));
        assertSame("another search", after, pages.seenBy(NEXT, key("mugs"), after));
        assertSame(
            "who was forgotten in between is another", after,
            pages.seenBy(NEXT, new PageSnapshots.Key("ann", 7, "shoes"), after)
        );
        assertSame("a first page is of the moment", after, pages.seenBy(FIRST, key("shoes"), after));
        assertSame(after, pages.seenBy(NEXT, key("shoes"), before));
    }

    public void testWhatIsTooMuchIsForgotten() {
        PageSnapshots pages = new PageSnapshots(TimeValue.timeValueMinutes(5), 1_000);
        ResolvedInterest before = interest(1, 0);
        pages.seenBy(FIRST, key("shoes"), before);
        for (int i = 0; i < 10; i++) {
            pages.seenBy(FIRST, key("search " + i), before);
        }
        ResolvedInterest after = interest(0, 1);
        assertSame(after, pages.seenBy(NEXT, key("shoes"), after));
    }

    public void testWhatIsTooOldIsForgotten() throws Exception {
        PageSnapshots pages = new PageSnapshots(TimeValue.timeValueMillis(1), 1_000_000);
        pages.seenBy(FIRST, key("shoes"), interest(1, 0));
        assertBusy(() -> {
            ResolvedInterest now = interest(0, 1);
            assertSame(now, pages.seenBy(NEXT, key("shoes"), now));
        });
    }
}
