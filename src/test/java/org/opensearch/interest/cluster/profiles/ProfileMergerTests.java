package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.core.profile.ConsentState;
import org.opensearch.interest.core.profile.EventIds;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tests merges that were interrupted as by a failed node, and concurrent merges. */
public class ProfileMergerTests extends OpenSearchSingleNodeTestCase {
    private static final Tracker SHOP = TrackerJson
        .read("shop", "uid", Map.of("items", Map.of("index", "products"), "geometry", "off"));
    private static final UserId VISITOR = new UserId("visitor");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    private ProfileRecorder recorder() {
        return getInstanceFromNode(ProfileRecorder.class);
    }

    private static <T> T await(Consumer<ActionListener<T>> call) {
        PlainActionFuture<T> future = PlainActionFuture.newFuture();
        call.accept(future);
        return future.actionGet();
    }

    private void clicks(UserId user, int clicks) {
        Evidence click = new Evidence(
            new float[]{ 1, 0 }, Evidence.Source.ITEM, 1, System.currentTimeMillis(), OptionalLong.empty()
        );
        List<RecordRequest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < clicks; i++) {
            entries.add(new RecordRequest.Entry(ProfileId.of(SHOP, user), new ProfileChange.RecordEvent(click)));
        }
        List<ChangeResult> results = ProfileMergerTests
            .<List<ChangeResult>>await(listener -> recorder().record(SHOP, entries, RefreshPolicy.NONE, listener));
        results.forEach(result -> assertNull(result.failure()));
    }

    private void change(UserId user, ProfileChange change) {
        ProfileMergerTests.<Void>await(listener -> recorder().change(SHOP, user, List.of(change), listener));
    }

    private Profile profile(UserId user) {
        return ProfileMergerTests
            .<Optional<Profile>>await(listener -> getInstanceFromNode(ProfileStore.class).get(SHOP, user, listener))
            .orElseThrow();
    }

    private void merge(UserId from, UserId into) {
        ProfileMergerTests.<Void>await(
            listener -> new ProfileMerger(getInstanceFromNode(ProfileStore.class), recorder())
                .merge(SHOP, from, into, listener)
        );
    }

    private ProfileChange absorb(ConsentState.Handover leaving) {
        String from = ProfileId.of(SHOP, VISITOR);
        long source = EventIds.fingerprint(from);
        return new ProfileChange.MergeIn(
            from, new ConsentState.Absorbed(source, leaving.transfer()), leaving.profile()
        );
    }

    public void testAMergeThatBrokeOffBeforeTheTargetTookOverIsCompleted() {
        clicks(VISITOR, 3);
        clicks(ANN, 2);
        change(VISITOR, new ProfileChange.MergeOut(ProfileId.of(SHOP, ANN), 7));
        assertEquals(0, profile(VISITOR).events());
        assertEquals("kept while it is on its way", 3, profile(VISITOR).consent().leaving().profile().events());
        merge(VISITOR, ANN);
        assertEquals(5, profile(ANN).events());
        assertTrue(profile(VISITOR).isUnknown());
    }

    public void testAMergeThatBrokeOffAfterwardsDoublesNothing() {
        clicks(VISITOR, 3);
        change(VISITOR, new ProfileChange.MergeOut(ProfileId.of(SHOP, ANN), 7));
        change(ANN, absorb(profile(VISITOR).consent().leaving()));
        assertEquals(3, profile(ANN).events());
        merge(VISITOR, ANN);
        merge(VISITOR, ANN);
        assertEquals(3, profile(ANN).events());
        assertTrue(profile(VISITOR).isUnknown());
    }

    public void testWhatIsOnItsWayToOneUserArrivesThereEvenIfAnotherAsks() {
        clicks(VISITOR, 3);
        change(VISITOR, new ProfileChange.MergeOut(ProfileId.of(SHOP, ANN), 7));
        clicks(BOB, 1);
        expectThrows(org.opensearch.ResourceNotFoundException.class, () -> merge(VISITOR, BOB));
        assertEquals(3, profile(ANN).events());
        assertEquals(1, profile(BOB).events());
    }

    public void testForgettingEndsAMergeThatBrokeOff() {
        clicks(VISITOR, 3);
        change(VISITOR, new ProfileChange.MergeOut(ProfileId.of(SHOP, ANN), 7));
        change(VISITOR, new ProfileChange.Forget(0));
        assertTrue(profile(VISITOR).isUnknown());
        expectThrows(org.opensearch.ResourceNotFoundException.class, () -> merge(VISITOR, ANN));
    }

    public void testManyWhoMergeTheSameAtOnce() throws Exception {
        clicks(VISITOR, 50);
        clicks(ANN, 1);
        List<PlainActionFuture<Void>> merges = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            PlainActionFuture<Void> merge = PlainActionFuture.newFuture();
            new ProfileMerger(getInstanceFromNode(ProfileStore.class), recorder()).merge(SHOP, VISITOR, ANN, merge);
            merges.add(merge);
        }
        merges.forEach(PlainActionFuture::actionGet);
        assertEquals(51, profile(ANN).events());
        assertEquals(51, profile(ANN).topics().list().get(0).events());
    }
}
