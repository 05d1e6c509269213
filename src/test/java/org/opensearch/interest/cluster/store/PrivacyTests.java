package org.opensearch.interest.cluster.store;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.settings.MockSecureSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.test.OpenSearchTestCase;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Tests the ids of profiles, with a secret and without. */
public class PrivacyTests extends OpenSearchTestCase {
    private static final UserId ANN = new UserId("ann");

    private static Tracker tracker(boolean hashed) {
        Map<String, Object> json = Map
            .of("items", Map.of("index", "products"), "privacy", Map.of("hash_user_ids", hashed));
        return TrackerJson.read("shop", "uid", json);
    }

    private static PrivacySecret secret(String value) {
        MockSecureSettings keystore = new MockSecureSettings();
        keystore.setString("plugins.interest.privacy.secret", value);
        return new PrivacySecret(Settings.builder().setSecureSettings(keystore).build());
    }

    public void testWithTheSecretIdsAreKeyedAndOtherwiseTheyAreWhatTheyWere() throws Exception {
        byte[] plain = java.security.MessageDigest.getInstance("SHA-256")
            .digest("uid\0ann".getBytes(StandardCharsets.UTF_8));
        String unkeyed = Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
        assertEquals(unkeyed, ProfileId.of(secret("a secret of many bytes").create(tracker(false)), ANN));
        Tracker one = secret("a secret of many bytes").create(tracker(true));
        Tracker same = secret("a secret of many bytes").open(tracker(true), one.userKey().check());
        Tracker other = secret("another secret of bytes").create(tracker(true));
        assertEquals(ProfileId.of(one, ANN), ProfileId.of(same, ANN));
        assertNotEquals(unkeyed, ProfileId.of(one, ANN));
        assertNotEquals(ProfileId.of(one, ANN), ProfileId.of(other, ANN));
        assertFalse("a key is not printed", one.toString().contains(HexFormat.of().formatHex(one.userKey().of(ANN))));
        assertTrue(one.toString(), one.toString().contains("a key"));
    }

    public void testWithoutASecretSuchATrackerIsRefused() {
        IllegalArgumentException e = expectThrows(
            IllegalArgumentException.class, () -> new PrivacySecret(Settings.EMPTY).create(tracker(true))
        );
        assertEquals(
            "[interest] [privacy.hash_user_ids] of tracker must be false, but was [true]: the keystore has no [plugins.interest.privacy.secret]; "
                + "add one, the same on every node, by [opensearch-keystore add plugins.interest.privacy.secret] and restart",
            e.getMessage()
        );
    }

    public void testANodeWithAnotherSecretTouchesNothing() {
        String check = secret("a secret of many bytes").create(tracker(true)).userKey().check();
        for (PrivacySecret wrong : java.util.List
            .of(secret("another secret of bytes"), new PrivacySecret(Settings.EMPTY))) {
            OpenSearchStatusException e = expectThrows(
                OpenSearchStatusException.class, () -> wrong.open(tracker(true), check)
            );
            assertEquals(503, e.status().getStatus());
            assertTrue(e.getMessage(), e.getMessage().contains("[plugins.interest.privacy.secret]"));
        }
        expectThrows(IllegalStateException.class, () -> ProfileId.of(tracker(true), ANN));
    }

    public void testAShortSecretIsNone() {
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> secret("short"));
        assertEquals(
            "[interest] [plugins.interest.privacy.secret] of the keystore must have at least [16] bytes, but has [5]",
            e.getMessage()
        );
    }
}
