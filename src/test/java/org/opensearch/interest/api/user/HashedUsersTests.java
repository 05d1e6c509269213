package org.opensearch.interest.api.user;

import org.opensearch.common.settings.MockSecureSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.interest.RestCall;
import org.opensearch.rest.RestRequest.Method;

import java.util.Map;

/** Tests of hashed user ids: a node with a secret in its keystore, and a tracker that hashes user ids with it. */
public class HashedUsersTests extends ShopTestCase {
    private static final String TRACKERS = "/_plugins/_interest/trackers/";

    @Override
    protected Settings nodeSettings() {
        MockSecureSettings keystore = new MockSecureSettings();
        keystore.setString("plugins.interest.privacy.secret", "a secret of many bytes");
        return Settings.builder().put(super.nodeSettings()).setSecureSettings(keystore).build();
    }

    private RestCall.Answer tracker(String name, boolean hashed) throws Exception {
        String json = "{\"items\":{\"index\":\"products\"},\"privacy\":{\"hash_user_ids\":" + hashed + "}}";
        return send(Method.PUT, TRACKERS + name, json);
    }

    public void testEverythingWorksUnderHashedIds() throws Exception {
        assertEquals(200, tracker("hashed", true).status());
        String user = TRACKERS + "hashed/users/ann";
        String click = "{\"user\":\"ann\",\"type\":\"click\",\"item\":\"shoes\"}";
        assertEquals(200, send(Method.POST, TRACKERS + "hashed/events", click).status());
        assertEquals(1, send(Method.GET, user, null).json().get("events"));
        assertEquals(200, send(Method.PUT, user, "{\"interests\":[\"tea\"]}").status());
        assertEquals(200, send(Method.POST, TRACKERS + "hashed/users/ben/_merge", "{\"from\":\"ann\"}").status());
        assertEquals(1, send(Method.GET, TRACKERS + "hashed/users/ben", null).json().get("events"));
        assertEquals(200, send(Method.DELETE, TRACKERS + "hashed/users/ben", null).status());
        assertEquals(404, send(Method.GET, TRACKERS + "hashed/users/ben", null).status());
        assertEquals("a tracker is changed as any other", 200, tracker("hashed", true).status());
        assertEquals(200, send(Method.DELETE, TRACKERS + "hashed", null).status());
    }

    public void testTheSwitchIsThrownOnceAndForAll() throws Exception {
        assertEquals(200, tracker("hashed", true).status());
        for (Map.Entry<String, Boolean> change : Map.of("hashed", false, "shop", true).entrySet()) {
            RestCall.Answer refused = tracker(change.getKey(), change.getValue());
            assertEquals(400, refused.status());
            assertTrue(
                refused.reason(),
                refused.reason()
                    .startsWith("[interest] [privacy.hash_user_ids] of tracker [" + change.getKey() + "] must stay [")
            );
        }
    }
}
