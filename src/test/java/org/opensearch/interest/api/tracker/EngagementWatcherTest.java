package org.opensearch.interest.api.tracker;

import org.junit.Test;
import org.opensearch.interest.core.engagement.EngagementSnapshot;

import java.util.List;
import java.util.Optional;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class EngagementWatcherTest {
    private static final long DAY = 86_400_000L;
    private static final Optional<EngagementSnapshot> LEARNED = Optional.of(new EngagementSnapshot(10, 90, 100, 5 * DAY, DAY, List.of(), 0));

    @Test
    public void learnsWhatIsNewAndWhatHasChangedEnough() {
        assertTrue("nothing was learned yet", EngagementWatcher.isOutdated(Optional.empty(), 1, 0));
        assertFalse("and there is nothing to learn", EngagementWatcher.isOutdated(Optional.empty(), 0, 0));
        assertFalse(EngagementWatcher.isOutdated(LEARNED, 100, 50 * DAY));
        assertFalse(EngagementWatcher.isOutdated(LEARNED, 110, 5 * DAY + 1));
        assertTrue("more than a tenth is new", EngagementWatcher.isOutdated(LEARNED, 111, 5 * DAY + 1));
        assertTrue("or gone", EngagementWatcher.isOutdated(LEARNED, 89, 5 * DAY + 1));
        assertTrue("what was forgotten is out within a day", EngagementWatcher.isOutdated(LEARNED, 99, 6 * DAY));
        assertTrue("all is gone", EngagementWatcher.isOutdated(LEARNED, 0, 5 * DAY + 1));
    }
}
