package org.opensearch.interest.cluster.profiles;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.InternalTestCluster;
import org.opensearch.test.OpenSearchIntegTestCase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tests that replicas of profiles are identical, though profiles have no stored source to copy from. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 0)
public class ProfileRecoveryTests extends OpenSearchIntegTestCase {
    private static final String PROFILES = ".plugins-interest-profiles-shop";
    private static final int USERS = 30;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(TestInterestPlugin.class);
    }

    /** Sends one event per user, a different one each. */
    private static void track(String node, int round) {
        List<RawEvent> events = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            events.add(RawEvent.of(Map.of("user", "u" + user, "type", "click", "vector", List.of(user, round, 1))));
        }
        TrackEventsRequest request = new TrackEventsRequest("shop", events, RefreshPolicy.NONE);
        List<ChangeResult> results = internalCluster().client(node)
            .execute(TransportTrackEventsAction.TYPE, request)
            .actionGet()
            .results();
        results.forEach(result -> assertEquals(ChangeResult.Outcome.APPLIED, result.outcome()));
    }

    private static List<Profile> profiles(String node) throws Exception {
        CompletableFuture<Tracker> tracker = new CompletableFuture<>();
        internalCluster().getInstance(TrackerStore.class, node)
            .get("shop", ActionListener.wrap(tracker::complete, tracker::completeExceptionally));
        ProfileStore store = internalCluster().getInstance(ProfileStore.class, node);
        List<Profile> profiles = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            CompletableFuture<Optional<Profile>> profile = new CompletableFuture<>();
            store.get(
                tracker.get(60, TimeUnit.SECONDS), new UserId("u" + user),
                ActionListener.wrap(profile::complete, profile::completeExceptionally)
            );
            profiles.add(profile.get(60, TimeUnit.SECONDS).orElseThrow());
        }
        return profiles;
    }

    public void testCopiesTakeOver() throws Exception {
        String manager = internalCluster().startClusterManagerOnlyNode();
        String first = internalCluster().startDataOnlyNode();
        internalCluster().client(manager)
            .admin()
            .indices()
            .prepareCreate("products")
            .setMapping("embedding", "type=interest_vector,dimension=3")
            .get();
        Map<String, Object> tracker = Map.of("items", Map.of("index", "products"), "geometry", "off");
        internalCluster().client(manager)
            .execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker))
            .actionGet();
        track(first, 1);
        track(first, 2);

        String second = internalCluster().startDataOnlyNode();
        ensureGreen(PROFILES, InterestIndex.TRACKERS);
        track(second, 3);
        // changes during the absence of a replica reach it operation by operation
        internalCluster().restartNode(second, new InternalTestCluster.RestartCallback() {
            @Override
            public Settings onNodeStopped(String node) {
                track(first, 4);
                return Settings.EMPTY;
            }
        });
        ensureGreen(PROFILES, InterestIndex.TRACKERS);
        List<Profile> before = profiles(first);
        before.forEach(profile -> assertEquals(4, profile.events()));

        internalCluster().stopRandomNode(InternalTestCluster.nameFilter(first));
        ensureYellow(PROFILES, InterestIndex.TRACKERS);
        assertEquals(before, profiles(second));
        track(second, 5);
        profiles(second).forEach(profile -> assertEquals(5, profile.events()));
    }
}
