package org.opensearch.interest.api.tracker;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.engagement.EngagementSnapshot;

import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EngagementWatcherTest {
    private static final long DAY = 86_400_000L;
    private static final Optional<EngagementSnapshot> LEARNED = Optional
        .of(new EngagementSnapshot(10, 90, 100, 5 * DAY, DAY, List.of(), 0));

    @Test
    void learnsWhatIsNewAndWhatHasChangedEnough() {
        assertTrue(EngagementWatcher.isOutdated(Optional.empty(), 1, 0), "nothing was learned yet");
        assertFalse(EngagementWatcher.isOutdated(Optional.empty(), 0, 0), "and there is nothing to learn");
        assertFalse(EngagementWatcher.isOutdated(LEARNED, 100, 50 * DAY));
        assertFalse(EngagementWatcher.isOutdated(LEARNED, 110, 5 * DAY + 1));
        assertTrue(EngagementWatcher.isOutdated(LEARNED, 111, 5 * DAY + 1), "more than a tenth is new");
        assertTrue(EngagementWatcher.isOutdated(LEARNED, 89, 5 * DAY + 1), "or gone");
        assertTrue(EngagementWatcher.isOutdated(LEARNED, 99, 6 * DAY), "what was forgotten is out within a day");
        assertTrue(EngagementWatcher.isOutdated(LEARNED, 0, 5 * DAY + 1), "all is gone");
    }
}
